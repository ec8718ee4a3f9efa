package io.chapar.sandbox.matrix;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What became of every message, by the cell of the matrix to which it belongs. */
final class Results {

    /** A cell of the matrix. */
    record Cell(String exchange, String inbound, Outbound outbound) {}

    private final Map<Cell, Integer> arrived = new HashMap<>();
    private final Set<Cell> failed = new HashSet<>();
    private final List<String> failures = new ArrayList<>();

    /** @param times how many deliveries were acknowledged, or 1 for a question that was answered */
    void arrived(Cell cell, int times) {
        arrived.merge(cell, times, Integer::sum);
    }

    void failed(Cell cell, String sample, String why) {
        failed.add(cell);
        failures.add(cell.exchange() + " " + sample + ", " + cell.inbound() + " to "
                + cell.outbound().word() + ": " + why);
    }

    /** What arrived, when everything that should have did; 0 for an empty cell. */
    int of(Cell cell) {
        return failed.contains(cell) ? 0 : arrived.getOrDefault(cell, 0);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }
}
