package io.meshtrail.event;

import org.jspecify.annotations.Nullable;

/// The canonical bytes of an event, as they are hashed into the tree. The array is shared, not copied: it is
/// written
/// once, when the sequencer fixes `received`, and never after.
public final class Entry {
    private final byte[] bytes;
    private final int receivedAt;

    Entry(byte[] bytes, int receivedAt) {
        this.bytes = bytes;
        this.receivedAt = receivedAt;
    }

    /// The bytes themselves; not to be changed.
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    /// Overwrites the thirty characters of `received`: for the sequencer alone, before the entry is in a
    /// journal.
    public void setReceived(long nanos) {
        Timestamp.print(nanos, bytes, receivedAt);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Entry that && java.util.Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
}
