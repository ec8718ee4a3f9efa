package io.chapar.sandbox.play;

import io.chapar.message.PartyCode;
import io.chapar.message.Signer;
import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Letters;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.Nonces;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One thing that happens on a morning: usually one letter, sometimes what became of it by mistake. */
public record Step(Draft draft, Form form, Mistake mistake) {

    /** An agency that sends none of the morning's exchanges. */
    private static final PartyCode STRANGER = new PartyCode("MT");

    /** What is sent of it, with the keys of this mail. */
    public List<Letter> letters(Mail mail) {
        Signer own = mail.signer(draft.sender());
        return switch (mistake) {
            case NONE -> List.of(Letters.of(draft, form, own));
            case BAD_SIGNATURE -> List.of(changed(Letters.of(draft, form, own)));
            case WRONG_SIGNER -> List.of(Letters.of(draft, form, mail.signer(STRANGER)));
            case SCHEMA -> List.of(Letters.of(incomplete(), form, own));
            case UNKNOWN_EXCHANGE -> List.of(misaddressed(Letters.of(draft, form, own)));
            case NOT_AGREED -> List.of(Letters.of(ofStranger(), form, mail.signer(STRANGER)));
            case REPEATED -> {
                Letter once = Letters.of(draft, form, own);
                yield List.of(once, once);
            }
            case ID_REUSED ->
                List.of(Letters.of(draft, form, own), Letters.of(withHeader("nonce", Nonces.next()), form, own));
        };
    }

    /** One character of what was signed. */
    private static Letter changed(Letter letter) {
        String body = new String(letter.body(), StandardCharsets.UTF_8);
        int at = body.indexOf("\"nonce\":\"") >= 0 ? body.indexOf("\"nonce\":\"") + 9 : body.indexOf("<nonce>") + 7;
        char other = body.charAt(at) == 'A' ? 'B' : 'A';
        return letter.with((body.substring(0, at) + other + body.substring(at + 1)).getBytes(StandardCharsets.UTF_8));
    }

    private static Letter misaddressed(Letter letter) {
        return new Letter(
                letter.carrier(),
                letter.exchange(),
                letter.messageId(),
                letter.path() + "s-of-last-year",
                letter.contentType(),
                letter.accept(),
                letter.signature(),
                letter.body());
    }

    /** Without its last part. */
    private Draft incomplete() {
        Map<String, Object> content = new LinkedHashMap<>(draft.content());
        List<String> names = List.copyOf(content.keySet());
        content.remove(names.get(names.size() - 1));
        return new Draft(draft.exchange(), draft.sender(), draft.messageId(), content);
    }

    private Draft ofStranger() {
        Draft changed = withHeader("sender", STRANGER.value());
        return new Draft(changed.exchange(), STRANGER, changed.messageId(), changed.content());
    }

    private Draft withHeader(String name, String value) {
        Map<String, Object> header = new LinkedHashMap<>();
        if (draft.content().get("header") instanceof Map<?, ?> old) {
            old.forEach((key, was) -> header.put(key.toString(), key.equals(name) ? value : was));
        }
        Map<String, Object> content = new LinkedHashMap<>(draft.content());
        content.put("header", header);
        return new Draft(draft.exchange(), draft.sender(), draft.messageId(), content);
    }
}
