package io.chapar.app.batch;

import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * The XML files of a ZIP, by the headers that stand before each, in their order. Folders are no messages. Nothing is ever
 * written under the name of an entry, so a name can do no harm.
 */
final class Entries implements Parts {

    private static final int LONGEST_NAME = 512;

    private final ZipTail bytes;
    private final ZipInputStream zip;
    private final int largest;
    private final long mostUnpacked;
    private final byte[] buffer = new byte[65_536];
    private long unpacked;
    private long number;
    private long folders;

    /**
     * @param largest entry, in bytes; what is larger is read away
     * @param mostUnpacked bytes of all entries together, whether or not they are kept
     */
    Entries(InputStream bytes, int largest, long mostUnpacked) {
        this.bytes = new ZipTail(bytes);
        // One name for every sequence of bytes; entries that say so have theirs in UTF-8.
        this.zip = new ZipInputStream(this.bytes, StandardCharsets.ISO_8859_1);
        this.largest = largest;
        this.mostUnpacked = mostUnpacked;
    }

    @Override
    public Optional<Part> next() throws IOException, Refusal {
        try {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null && entry.isDirectory()) {
                folders++;
                unpack(0);
                entry = zip.getNextEntry();
            }
            if (entry == null) {
                return end();
            }
            number++;
            return Optional.of(part(entry.getName()));
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new Refusal(
                    ProblemCode.MALFORMED,
                    "The ZIP cannot be read at entry " + (number + 1)
                            + ": entries are deflated or stored, not encrypted, and follow each other.");
        }
    }

    private Part part(String name) throws IOException, Refusal {
        byte[] content = unpack(largest);
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            return Part.faulty(
                    number,
                    Optional.empty(),
                    ProblemCode.MALFORMED,
                    "An entry has a name of 1 to " + LONGEST_NAME + " characters.");
        }
        Optional<String> named = Optional.of(name);
        if (!name.toLowerCase(Locale.ROOT).endsWith(".xml")) {
            return Part.faulty(number, named, ProblemCode.MEDIA_TYPE, "Entries of a ZIP are files *.xml.");
        }
        if (content.length > largest) {
            return Part.faulty(
                    number, named, ProblemCode.TOO_LARGE, "An entry has at most " + largest + " bytes, unpacked.");
        }
        return Part.of(number, named, content);
    }

    /** The entry's first bytes, one more than may be at most; the others are counted and forgotten. */
    private byte[] unpack(int most) throws IOException, Refusal {
        byte[] kept = zip.readNBytes(most + 1);
        unpacked += kept.length;
        int read = zip.read(buffer, 0, buffer.length);
        while (read > 0) {
            unpacked += read;
            if (unpacked > mostUnpacked) {
                break;
            }
            read = zip.read(buffer, 0, buffer.length);
        }
        if (unpacked > mostUnpacked) {
            throw new Refusal(
                    ProblemCode.TOO_LARGE, "All entries together have at most " + mostUnpacked + " bytes, unpacked.");
        }
        return kept;
    }

    /** What follows the last entry belongs to what is signed. */
    private Optional<Part> end() throws IOException, Refusal {
        if (number == 0) {
            throw new Refusal(ProblemCode.MALFORMED, "This is no ZIP, or one without files.");
        }
        bytes.transferTo(OutputStream.nullOutputStream());
        if (!bytes.entries().equals(OptionalLong.of(number + folders))) {
            throw new Refusal(
                    ProblemCode.MALFORMED,
                    "After " + number
                            + " files the ZIP does not go on as the list at its end says, or that list does not"
                            + " end it.");
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
