package io.chapar.schema;

import io.chapar.message.Agreement;
import io.chapar.message.Fields;
import io.chapar.message.Party;
import java.util.ArrayList;
import java.util.List;

/** What an asking party may see of an answer. */
public final class Entitled {

    /** Tells which question is answered, and by whom; who may ask may know it. */
    private static final List<String> ALWAYS = List.of("/questionDigest", "/found");

    private Entitled() {}

    /** The answer with nothing but the caller's fields; a caller without entitlement learns only whether it was found. */
    public static Fields visible(Agreement agreement, Party caller, Fields answer) {
        List<String> pointers = new ArrayList<>(ALWAYS);
        agreement.entitlements().stream()
                .filter(entitlement -> entitlement.parties().stream().anyMatch(caller::is))
                .forEach(entitlement -> pointers.addAll(entitlement.fields()));
        return answer.shown(pointers);
    }
}
