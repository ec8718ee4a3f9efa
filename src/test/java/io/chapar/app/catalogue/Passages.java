package io.chapar.app.catalogue;

import io.chapar.message.Digest;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.trust.HardenedXml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mockito.Mockito;

/** Verified messages, made of samples. */
public final class Passages {

    private Passages() {}

    public static String sample(String exchange, String name) {
        try {
            return Files.readString(Path.of("schemas", exchange, "1.0", "samples", name));
        } catch (IOException e) {
            throw new AssertionError("no sample " + name, e);
        }
    }

    public static Passage.Verified json(String party, String exchange, String document, Passage.Attachment... parts) {
        return verified(party, exchange, Format.JSON, document, Optional.empty(), parts);
    }

    public static Passage.Verified xml(String party, String exchange, String document, Passage.Attachment... parts)
            throws Exception {
        return verified(
                party,
                exchange,
                Format.XML,
                document,
                Optional.of(HardenedXml.parse(document.getBytes(StandardCharsets.UTF_8))),
                parts);
    }

    public static Party party(String code) {
        return RealFiles.PARTIES.party(new PartyCode(code)).orElseThrow();
    }

    private static Passage.Verified verified(
            String party,
            String exchange,
            Format format,
            String document,
            Optional<org.w3c.dom.Document> xml,
            Passage.Attachment... parts) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        Passage.Arrived arrived = new Passage.Arrived(
                Passage.Door.REST,
                exchange,
                format.mediaType(),
                bytes,
                Optional.empty(),
                List.of(),
                format,
                false,
                Instant.EPOCH,
                "trace");
        Passage.Accepted accepted = new Passage.Accepted(arrived, format, bytes, Optional.empty(), List.of(parts));
        return new Passage.Verified(
                new Passage.Authenticated(accepted, party(party)),
                xml,
                Digest.of(bytes),
                Digest.of(bytes),
                Mockito.mock(X509Certificate.class));
    }
}
