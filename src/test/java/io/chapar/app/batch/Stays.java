package io.chapar.app.batch;

import io.chapar.message.Signer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Registrations of guests, and batches made of them. */
public final class Stays {

    public static final String EXCHANGE = "stay-registration";

    private static final Path SAMPLES = Path.of("schemas/stay-registration/1.0/samples");
    private static final String SAMPLE_ID = "7638e44d-4128-474e-88fe-1246194a025d";

    private Stays() {}

    /** On one line. */
    public static byte[] json(UUID id) {
        return document("json", id).replaceAll("\\s*\\n\\s*", "").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] xml(UUID id) {
        return document("xml", id).getBytes(StandardCharsets.UTF_8);
    }

    private static String document(String form, UUID id) {
        try {
            return Files.readString(SAMPLES.resolve("minimal." + form)).replace(SAMPLE_ID, id.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JWS in the flattened form, with its payload in it. */
    public static String flattened(Signer signer, byte[] message) {
        String[] detached = signer.detachedJws(message).split("\\.", -1);
        return "{\"protected\":\"" + detached[0] + "\",\"payload\":\""
                + Base64.getUrlEncoder().withoutPadding().encodeToString(message) + "\",\"signature\":\"" + detached[2]
                + "\"}";
    }

    public static byte[] lines(Iterable<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Names and contents, in turn. */
    static byte[] zip(Object... entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) entries[i]));
                zip.write((byte[]) entries[i + 1]);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
