package io.chapar.validate;

import io.chapar.message.Fields;
import io.chapar.message.Passage;
import io.chapar.message.Violation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What travels beside the document must be exactly what the signed document says, by content. */
final class AttachmentRules {

    private AttachmentRules() {}

    static void check(Fields fields, List<Passage.Attachment> parts, List<Violation> broken) {
        Map<String, Passage.Attachment> byId = new HashMap<>();
        for (Passage.Attachment part : parts) {
            if (byId.put(part.contentId(), part) != null) {
                broken.add(new Violation("/attachment", "must not share a contentId: each part has its own"));
            }
        }
        Set<String> declared = new HashSet<>();
        Object attachments = fields.root().get("attachment");
        List<?> elements = attachments instanceof List<?> list ? list : List.of();
        for (int i = 0; i < elements.size(); i++) {
            String pointer = "/attachment/" + i;
            if (elements.get(i) instanceof Map<?, ?> element) {
                String id = String.valueOf(element.get("contentId"));
                if (!declared.add(id)) {
                    broken.add(new Violation(pointer + "/contentId", "must be named once"));
                }
                Passage.Attachment part = byId.get(id);
                if (part == null) {
                    broken.add(
                            new Violation(pointer + "/contentId", "must name a part that travels with the document"));
                } else {
                    compare(pointer, element, part, broken);
                }
            }
        }
        if (!declared.containsAll(byId.keySet())) {
            broken.add(new Violation("/attachment", "must name every part that travels with the document"));
        }
    }

    private static void compare(String pointer, Map<?, ?> element, Passage.Attachment part, List<Violation> broken) {
        if (!part.content().digest().value().equals(element.get("digest"))) {
            broken.add(new Violation(pointer + "/digest", "must be the SHA-256 digest of the part's bytes"));
        }
        if (!(element.get("size") instanceof Number size)
                || size.longValue() != part.content().size()) {
            broken.add(new Violation(pointer + "/size", "must be the part's size in bytes"));
        }
        String mediaType = String.valueOf(element.get("mediaType"));
        if (!mediaType.equalsIgnoreCase(bare(part.mediaType())) || !ContentTypes.fits(mediaType, part.content())) {
            broken.add(new Violation(
                    pointer + "/mediaType", "must be the part's media type, which its content shows itself"));
        }
    }

    private static String bare(String mediaType) {
        int parameters = mediaType.indexOf(';');
        return (parameters < 0 ? mediaType : mediaType.substring(0, parameters)).strip();
    }
}
