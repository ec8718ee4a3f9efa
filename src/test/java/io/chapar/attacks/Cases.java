package io.chapar.attacks;

import io.chapar.message.ProblemCode;
import io.chapar.trust.PartialSignatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Collects the cases of one class that are made of one message. A case that changes nothing is a mistake of the class. */
final class Cases {

    private final Original original;
    private final String kind;
    private final List<Attack> cases = new ArrayList<>();

    Cases(Original original, String kind) {
        this.original = original;
        this.kind = kind;
    }

    List<Attack> all() {
        return cases;
    }

    /** Whatever was sent is refused so. */
    void refused(String situation, byte[] body, Optional<String> jws, ProblemCode... codes) {
        add(situation, original.form().mediaType(), body, jws, Set.of(codes), false);
    }

    /** It is the same message, written in another way. */
    void harmless(String situation, byte[] body, Optional<String> jws, ProblemCode... codes) {
        add(situation, original.form().mediaType(), body, jws, Set.of(codes), true);
    }

    /** Somebody without a key changes what is sent. */
    void changed(String situation, ProblemCode code, UnaryOperator<String> change) {
        refused(situation, bytes(situation, change), original.jws(), code);
    }

    void harmlesslyChanged(String situation, UnaryOperator<String> change) {
        harmless(situation, bytes(situation, change), original.jws());
    }

    /** Somebody who has the party's key signs another SignedInfo. */
    void resigned(String situation, ProblemCode code, UnaryOperator<String> change) {
        resigned(situation, code, text -> text, change);
    }

    /** The same, with something changed outside SignedInfo, too. */
    void resigned(String situation, ProblemCode code, UnaryOperator<String> around, UnaryOperator<String> signedInfo) {
        changed(
                situation,
                code,
                text -> PartialSignatures.again(
                        around.apply(text), signedInfo, original.cast().party()::sign));
    }

    /** The party signs, well, another document. */
    void signed(String situation, String document, ProblemCode... codes) {
        if (document.equals(original.unsigned())) {
            throw unchanged(situation);
        }
        refused(situation, body(document), jws(document), codes);
    }

    void harmlesslySigned(String situation, String document, ProblemCode... codes) {
        if (document.equals(original.unsigned())) {
            throw unchanged(situation);
        }
        harmless(situation, body(document), jws(document), codes);
    }

    /** The media type has these parameters. */
    void labelled(String situation, String parameters, ProblemCode code) {
        add(situation, original.form().mediaType() + parameters, original.body(), original.jws(), Set.of(code), false);
    }

    private byte[] body(String document) {
        return original.signed(original.cast().party(), document).getBytes(UTF_8);
    }

    private Optional<String> jws(String document) {
        return original.jws().map(jws -> original.cast().party().signer().detachedJws(document.getBytes(UTF_8)));
    }

    private byte[] bytes(String situation, UnaryOperator<String> change) {
        String changed = change.apply(original.text());
        if (changed.equals(original.text())) {
            throw unchanged(situation);
        }
        return changed.getBytes(UTF_8);
    }

    private IllegalStateException unchanged(String situation) {
        return new IllegalStateException(original.form() + " " + kind + ": " + situation + " changes nothing");
    }

    private void add(
            String situation,
            String contentType,
            byte[] body,
            Optional<String> jws,
            Set<ProblemCode> codes,
            boolean harmless) {
        cases.add(new Attack(kind, situation, contentType, body, jws, codes, harmless));
    }
}
