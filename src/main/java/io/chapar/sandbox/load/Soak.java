package io.chapar.sandbox.load;

import io.chapar.sandbox.play.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** A steady rate for long: nothing may grow but the record, and that by what a message costs. */
final class Soak implements LoadTrial {

    private static final int SAMPLES = 60;
    private static final long SHORTEST_MILLIS = 2_000;
    private static final double KILOBYTE = 1024;

    /** What is no growth: a collector's and a pool's ups and downs. */
    private static final double HEAP_MEGABYTES = 8;

    private static final double THREADS = 6;
    private static final double FILES = 12;
    private static final double TEMPORARY = 4;

    private record Point(double seconds, Vitals.Sample vitals, long temporary, long record, long accepted) {}

    private final Plan plan;
    private final Path temporary;

    /** @param temporary the gateway's folder of temporary files */
    Soak(Plan plan, Path temporary) {
        this.plan = plan;
        this.temporary = temporary;
    }

    @Override
    public void on(Station station) throws IOException, InterruptedException {
        Findings findings = station.findings();
        WarmUp.of(station, plan.warmUp());
        Tally tally = station.counter().fresh();
        List<Point> points = new ArrayList<>();
        long begin = System.nanoTime();
        long every = Math.max(SHORTEST_MILLIS, plan.time().toMillis() / SAMPLES);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        int messages = Math.max(1, (int) (plan.rate() * plan.time().toMillis() / 1000));
        try {
            ScheduledFuture<?> sampling = timer.scheduleAtFixedRate(
                    () -> points.add(point(station, tally, begin)), every, every, TimeUnit.MILLISECONDS);
            Traffic traffic = Traffic.at(
                    plan.rate(),
                    messages,
                    station.mail(),
                    tally,
                    number -> station.source().next(station.mail()));
            traffic.tellRefused(findings, "all the while");
            findings.figure("accepted", tally.total(Tally.Row::accepted));
            findings.figure("accepted a second", traffic.acceptedPerSecond());
            findings.must(tally.total(Tally.Row::accepted) == messages, "not every message was accepted");
            ended(sampling);
        } finally {
            timer.shutdown();
        }
        if (!timer.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IOException("the gateway's process does not answer any more");
        }
        trend(findings, List.copyOf(points));
        findings.none(station.arrivals().wrong());
    }

    /** A sample that failed ended the sampling; why is told. */
    private static void ended(ScheduledFuture<?> sampling) throws IOException, InterruptedException {
        if (!sampling.isDone()) {
            sampling.cancel(false);
            return;
        }
        try {
            sampling.get();
        } catch (ExecutionException e) {
            throw new IOException("a sample failed: " + e.getCause(), e);
        }
    }

    private Point point(Station station, Tally tally, long begin) {
        try {
            Point point = new Point(
                    (System.nanoTime() - begin) / 1e9,
                    station.sample(),
                    files(temporary),
                    bytes(station.data()),
                    tally.total(Tally.Row::accepted));
            station.findings()
                    .say(
                            "%6.0f s  heap %.1f MB  threads %d  files %d  temporary %d  resident %d MB  record %.1f MB",
                            point.seconds(),
                            point.vitals().heapMegabytes(),
                            point.vitals().threads(),
                            point.vitals().files(),
                            point.temporary(),
                            point.vitals().mostResidentMegabytes(),
                            point.record() / KILOBYTE / KILOBYTE);
            return point;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    /** Of the record alone: the broker's journal and the attachments have their own bounds. */
    private static long bytes(Path data) throws IOException {
        try (Stream<Path> all = Files.list(data)) {
            return all.filter(file -> file.getFileName().toString().startsWith("chapar.db"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void trend(Findings findings, List<Point> points) {
        List<Point> second = points.subList(points.size() / 2, points.size());
        findings.must(second.size() >= 3, "too short for a trend: at least " + 6 * SHORTEST_MILLIS / 1000 + " s");
        if (second.size() < 3) {
            return;
        }
        findings.say("In the second half, by a straight line through the samples:");
        grows(findings, "heap, MB", second, point -> point.vitals().heapMegabytes(), HEAP_MEGABYTES);
        grows(findings, "threads", second, point -> point.vitals().threads(), THREADS);
        grows(findings, "open files", second, point -> point.vitals().files(), FILES);
        grows(findings, "temporary files", second, Point::temporary, TEMPORARY);
        Point first = second.get(0);
        Point last = second.get(second.size() - 1);
        findings.figure(
                "record, bytes a message",
                (last.record() - first.record()) / (double) Math.max(1, last.accepted() - first.accepted()));
    }

    private static void grows(
            Findings findings, String name, List<Point> points, ToDoubleFunction<Point> what, double tolerated) {
        double seconds = points.get(points.size() - 1).seconds() - points.get(0).seconds();
        double slope = Trend.slope(
                points.stream().mapToDouble(Point::seconds).toArray(),
                points.stream().mapToDouble(what).toArray());
        findings.figure(name + ", growth an hour", slope * TimeUnit.HOURS.toSeconds(1));
        findings.figure(name + ", growth in these " + Math.round(seconds) + " s", slope * seconds);
        findings.must(slope * seconds <= tolerated, name + " grow");
    }
}
