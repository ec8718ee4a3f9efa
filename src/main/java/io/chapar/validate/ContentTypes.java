package io.chapar.validate;

import io.chapar.message.FileContent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Knows a file's type by its first bytes. A type that is not listed here cannot be shown by content, so none fits it. */
public final class ContentTypes {

    private static final Map<String, List<byte[]>> BEGINNINGS = Map.of(
            "application/pdf",
                    List.of(
                            "%PDF-1.".getBytes(StandardCharsets.US_ASCII),
                            "%PDF-2.".getBytes(StandardCharsets.US_ASCII)),
            "image/png", List.of(HexFormat.of().parseHex("89504e470d0a1a0a")),
            "image/jpeg", List.of(HexFormat.of().parseHex("ffd8ff")),
            "image/tiff",
                    List.of(HexFormat.of().parseHex("49492a00"), HexFormat.of().parseHex("4d4d002a")));

    private ContentTypes() {}

    /** Whether an agreement may allow this type. */
    public static boolean isKnown(String mediaType) {
        return BEGINNINGS.containsKey(mediaType.toLowerCase(Locale.ROOT));
    }

    static boolean fits(String mediaType, FileContent content) {
        byte[] bytes = content.beginning();
        return BEGINNINGS.getOrDefault(mediaType.toLowerCase(Locale.ROOT), List.of()).stream()
                .anyMatch(beginning -> bytes.length > beginning.length
                        && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length));
    }
}
