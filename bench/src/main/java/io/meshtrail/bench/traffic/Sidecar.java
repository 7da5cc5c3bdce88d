package io.meshtrail.bench.traffic;

import java.util.Arrays;

/// Gathers the entries of one stream.
final class Sidecar {
    private static final byte HTTP_LOGS = 2 << 3 | 2;

    private byte[] introduction;
    private byte[] entries = new byte[32 * 1024];
    private int size;

    /// @param identifier the bytes of a message that only says who speaks
    Sidecar(byte[] identifier) {
        this.introduction = identifier;
    }

    void add(EntryTemplate template, long time, Draw draw) {
        if (entries.length - size < template.length()) {
            entries = Arrays.copyOf(entries, entries.length * 2);
        }
        template.write(entries, size, time, draw);
        size += template.length();
    }

    int gathered() {
        return size;
    }

    byte[] message() {
        byte[] length = EntryTemplate.varint(size);
        byte[] message = new byte[introduction.length + 1 + length.length + size];
        System.arraycopy(introduction, 0, message, 0, introduction.length);
        int at = introduction.length;
        message[at++] = HTTP_LOGS;
        System.arraycopy(length, 0, message, at, length.length);
        System.arraycopy(entries, 0, message, at + length.length, size);
        introduction = new byte[0];
        size = 0;
        return message;
    }
}
