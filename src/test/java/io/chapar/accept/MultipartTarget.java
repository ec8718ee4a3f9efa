package io.chapar.accept;

import io.chapar.fuzz.Seeds.Parted;
import io.chapar.fuzz.Target;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.record.AttachmentStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

import static io.chapar.fuzz.Target.promise;

/** A Content-Type, and from the second line on the body: every part is bytes that stand in it. */
public final class MultipartTarget implements Target {

    private static final AttachmentLimits LIMITS = new AttachmentLimits(2_000, 4_000, 8_000);

    private final AttachmentStore store;

    public MultipartTarget(Path folder) throws IOException {
        this.store = AttachmentStore.open(folder, Clock.systemUTC());
    }

    @Override
    public void take(byte[] input) throws IOException {
        Parted parted = Parted.of(input);
        Optional<ContentType> type = ContentType.of(parted.first()).filter(Multipart::is);
        if (type.isEmpty()) {
            return;
        }
        try {
            Multipart multipart = Multipart.parse(type.get(), new ByteArrayInputStream(parted.rest()), LIMITS, store);
            String body = text(parted.rest());
            int together = multipart.root().bytes().length;
            promise(body.contains(text(multipart.root().bytes())), "the document stands in the body");
            for (Passage.Attachment attachment : multipart.attachments()) {
                promise(body.contains(text(attachment.bytes())), "an attachment stands in the body");
                together += attachment.bytes().length;
            }
            promise(together < parted.rest().length, "no byte belongs to two parts");
            store.discard(multipart.attachments());
        } catch (Refusal refusal) {
            promise(refusal.problem().code() != ProblemCode.NOT_DURABLE, "a refusal names the sender's fault");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
