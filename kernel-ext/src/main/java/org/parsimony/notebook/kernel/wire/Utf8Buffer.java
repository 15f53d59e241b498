package org.parsimony.notebook.kernel.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes of UTF-8 on their way to becoming text: a character that is only begun stays until the rest of it is there. */
final class Utf8Buffer {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void write(byte[] from, int offset, int length) {
        bytes.write(from, offset, length);
    }

    int size() {
        return bytes.size();
    }

    byte[] takeAll() {
        byte[] all = bytes.toByteArray();
        bytes.reset();
        return all;
    }

    String takeWholeCharacters() {
        if (bytes.size() == 0) {
            return "";
        }
        byte[] all = takeAll();
        int whole = wholeCharacters(all);
        bytes.write(all, whole, all.length - whole);
        return new String(all, 0, whole, StandardCharsets.UTF_8);
    }

    private static int wholeCharacters(byte[] bytes) {
        int start = bytes.length - 1;
        while (start >= 0 && bytes.length - start < 4 && (bytes[start] & 0xC0) == 0x80) {
            start--;
        }
        if (start < 0 || bytes[start] >= 0) {
            return bytes.length;
        }
        int lead = bytes[start] & 0xFF;
        int needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return bytes.length - start < needed ? start : bytes.length;
    }
}
