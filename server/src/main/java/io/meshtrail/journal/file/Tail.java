package io.meshtrail.journal.file;

import io.meshtrail.host.AppendFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// What follows the last sound record of a journal file: remains of a batch that a crash cut short, or damage.
/// They are told apart by the batches. One batch is synced before the next is written, so whatever lies before a
/// sound record of a later batch was durable once, and may be missing for no other reason than damage.
final class Tail {
    /// The most bytes that are looked at: more than a batch can hold.
    private static final int MOST = 1 << 28;

    private final byte[] bytes;
    private final long next;
    private final boolean whole;

    private Tail(byte[] bytes, long next, boolean whole) {
        this.bytes = bytes;
        this.next = next;
        this.whole = whole;
    }

    /// @param at where the last sound record ends
    /// @param next the leafIndex that should follow
    static Tail of(AppendFile file, long at, long next) throws IOException {
        long size = file.size() - at;
        byte[] bytes = new byte[(int) Math.min(size, MOST)];
        file.read(at, ByteBuffer.wrap(bytes));
        return new Tail(bytes, next, size <= MOST);
    }

    /// Whether a process that is killed while it writes leaves such bytes: the beginning of one record.
    boolean isUnfinished() {
        if (bytes.length < RecordFormat.RECORD_HEADER) {
            return true;
        }
        Optional<RecordFormat.Header> header = RecordFormat.Header.parse(bytes, 0);
        return header.isPresent()
                && header.orElseThrow().leafIndex() == next
                && bytes.length
                        < RecordFormat.RECORD_HEADER
                                + (long) header.orElseThrow().length();
    }

    /// Whether a machine that loses its power while it syncs leaves such bytes: anything, but no sound record of
    /// a later batch.
    boolean isOfTheLastBatch() {
        for (int at = 1; at + RecordFormat.RECORD_HEADER <= bytes.length; at++) {
            Optional<RecordFormat.Header> header = RecordFormat.Header.parse(bytes, at);
            if (header.isPresent()
                    && header.orElseThrow().leafIndex() > next
                    && header.orElseThrow().batch() > next) {
                return false;
            }
        }
        return whole;
    }
}
