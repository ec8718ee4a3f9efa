package io.chapar.trust;

import java.util.Map;

public final class HardenedJson {

    private HardenedJson() {}

    public static Map<String, Object> parse(byte[] bytes) throws Malformed {
        throw new UnsupportedOperationException();
    }

    public static byte[] write(Map<String, ?> object) {
        throw new UnsupportedOperationException();
    }
}
