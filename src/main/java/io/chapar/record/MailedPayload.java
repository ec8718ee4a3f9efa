package io.chapar.record;

import io.chapar.message.Content;
import io.chapar.message.Dispatch;
import io.chapar.message.Passage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where in a mailed payload its files belong, as the record writes it: a line for each, place and contentId. */
final class MailedPayload {

    private MailedPayload() {}

    static Optional<String> written(List<Dispatch.Mailed.Place> places) {
        if (places.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(places.stream()
                .map(place -> place.offset() + " " + place.contentId())
                .collect(Collectors.joining("\n")));
    }

    /** The payload as a whole, without reading any file. */
    static Content whole(byte[] payload, @Nullable String places, List<Passage.Attachment> attachments) {
        if (places == null) {
            return Content.of(payload);
        }
        Map<String, Passage.Attachment> byId =
                attachments.stream().collect(Collectors.toMap(Passage.Attachment::contentId, Function.identity()));
        List<Content> pieces = new ArrayList<>();
        int from = 0;
        for (String line : places.split("\n", -1)) {
            int space = line.indexOf(' ');
            int to = Integer.parseInt(line.substring(0, space));
            Passage.Attachment attachment = byId.get(line.substring(space + 1));
            if (attachment == null) {
                throw new IllegalStateException("the record names a file in a mailbox that its message does not have");
            }
            pieces.add(Content.of(Arrays.copyOfRange(payload, from, to)));
            pieces.add(attachment.content());
            from = to;
        }
        pieces.add(Content.of(Arrays.copyOfRange(payload, from, payload.length)));
        return Content.joined(pieces);
    }
}
