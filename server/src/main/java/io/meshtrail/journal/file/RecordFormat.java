package io.meshtrail.journal.file;

import io.meshtrail.journal.JournalRecord;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The bytes of a journal file, big-endian; `docs/formats/journal.md` has the reason for each. The header of a
/// record has a checksum of its own, so that a damaged length is told from a record that a crash cut short.
///
/// ```
/// file header     8  "MTJRNL1\n"
///                 8  leafIndex of the first record
///                 4  CRC32C of the 16 bytes before
/// record header   4  length of the entry, 0 to 65,535
///                 4  records before this one in its batch
///                 8  leafIndex
///                16  fingerprint
///                 4  CRC32C of the entry
///                 4  CRC32C of the 36 bytes before
/// entry           length bytes
/// ```
final class RecordFormat {
    static final int FILE_HEADER = 20;
    static final int RECORD_HEADER = 40;
    static final int MAX_ENTRY = 65_535;

    private static final long MAGIC = 0x4D544A524E4C310AL;
    private static final int CHECKED = RECORD_HEADER - Integer.BYTES;

    private RecordFormat() {}

    static ByteBuffer fileHeader(long first) {
        ByteBuffer header = ByteBuffer.allocate(FILE_HEADER);
        header.putLong(MAGIC).putLong(first);
        header.putInt(crc(header.array(), 0, 16));
        return header.flip();
    }

    /// The first leafIndex that a file header states; empty if it is damaged.
    static Optional<Long> first(byte[] header) {
        ByteBuffer buffer = ByteBuffer.wrap(header);
        long magic = buffer.getLong();
        long first = buffer.getLong();
        boolean sound = magic == MAGIC && buffer.getInt() == crc(header, 0, 16) && first >= 0;
        return sound ? Optional.of(first) : Optional.empty();
    }

    static int size(JournalRecord record) {
        return RECORD_HEADER + record.entry().length;
    }

    /// Writes a record.
    ///
    /// @param inBatch records before this one that one sync makes durable together with it
    static void put(JournalRecord record, int inBatch, ByteBuffer target) {
        int at = target.position();
        byte[] entry = record.entry();
        if (entry.length > MAX_ENTRY) {
            throw new IllegalArgumentException("entry of " + entry.length + " bytes, at most " + MAX_ENTRY);
        }
        target.putInt(entry.length)
                .putInt(inBatch)
                .putLong(record.leafIndex())
                .putLong(record.fingerprintHigh())
                .putLong(record.fingerprintLow())
                .putInt(crc(entry, 0, entry.length));
        target.putInt(crc(target.array(), target.arrayOffset() + at, CHECKED));
        target.put(entry);
    }

    /// A record's header, read and checked.
    record Header(int length, int inBatch, long leafIndex, long fingerprintHigh, long fingerprintLow, int entryCrc) {
        /// Empty if the checksum does not fit.
        static Optional<Header> parse(byte[] bytes, int from) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, from, RECORD_HEADER);
            Header header = new Header(
                    buffer.getInt(),
                    buffer.getInt(),
                    buffer.getLong(),
                    buffer.getLong(),
                    buffer.getLong(),
                    buffer.getInt());
            boolean sound = buffer.getInt() == crc(bytes, from, CHECKED)
                    && header.length >= 0
                    && header.length <= MAX_ENTRY
                    && header.inBatch >= 0;
            return sound ? Optional.of(header) : Optional.empty();
        }

        /// The leafIndex of the first record of this one's batch: what lies before was synced before.
        long batch() {
            return leafIndex - inBatch;
        }

        boolean fits(byte[] entry) {
            return entry.length == length && crc(entry, 0, length) == entryCrc;
        }

        JournalRecord with(byte[] entry) {
            return new JournalRecord(leafIndex, fingerprintHigh, fingerprintLow, entry);
        }
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
