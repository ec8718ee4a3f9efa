package io.chapar.sandbox.load;

import io.chapar.sandbox.agency.Content;
import io.chapar.sandbox.post.Draft;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A message whose content says its own id once more, as the family name of the person whom it is about: a field that every
 * receiver gets. Whoever was given another message's content with this one's header would see it.
 */
public final class OwnId {

    private static final List<String> PEOPLE = List.of("traveller", "mother", "citizen", "guest");
    private static final int LETTERS = 16;

    private OwnId() {}

    /** Letters only, as a name has to be. */
    static String name(UUID messageId) {
        StringBuilder name = new StringBuilder("I");
        messageId
                .toString()
                .chars()
                .filter(c -> c != '-')
                .forEach(c -> name.append((char) ('a' + Character.digit(c, LETTERS))));
        return name.toString();
    }

    static Draft into(Draft draft) {
        Map<String, Object> content = new LinkedHashMap<>(draft.content());
        for (String who : PEOPLE) {
            if (content.get(who) instanceof Map<?, ?> person) {
                Map<String, Object> named = new LinkedHashMap<>();
                person.forEach((field, value) -> named.put(field.toString(), value));
                named.put("familyName", name(draft.messageId()));
                content.put(who, named);
            }
        }
        return new Draft(draft.exchange(), draft.sender(), draft.messageId(), content, draft.attachments());
    }

    /** Whether the content is that of the message whose header it bears. */
    public static boolean isOf(Content content) {
        String name = name(content.messageId());
        List<String> names = PEOPLE.stream()
                .flatMap(who -> content.text("/" + who + "/familyName").stream())
                .toList();
        return !names.isEmpty() && names.stream().allMatch(name::equals);
    }

    /** What is wrong with it, in words; nothing when it is its own. */
    public static Optional<String> fault(Content content) {
        return isOf(content)
                ? Optional.empty()
                : Optional.of(content.messageId() + " of " + content.exchange() + " came with another's content");
    }
}
