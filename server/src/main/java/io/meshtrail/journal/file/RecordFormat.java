package io.meshtrail.journal.file;

import io.meshtrail.journal.JournalRecord;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The bytes of a journal file, big-endian. The header of a record has a checksum of its own, so that a
/// damaged length is
/// told from a record that a crash cut short.
///
/// ```
/// file header     8  "MTJRNL1\n"
///                 8  leafIndex of the first record
///                 4  CRC32C of the 16 bytes before
/// record header   4  length of the entry, 0 to 65,535
///                 8  leafIndex
///                16  fingerprint
///                 4  CRC32C of the entry
///                 4  CRC32C of the 32 bytes before
/// entry           length bytes
/// ```
final class RecordFormat {
    static final int FILE_HEADER = 20;
    static final int RECORD_HEADER = 36;
    static final int MAX_ENTRY = 65_535;

    private static final long MAGIC = 0x4D544A524E4C310AL;

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
        return magic == MAGIC && buffer.getInt() == crc(header, 0, 16) ? Optional.of(first) : Optional.empty();
    }

    static int size(JournalRecord record) {
        return RECORD_HEADER + record.entry().length;
    }

    static void put(JournalRecord record, ByteBuffer target) {
        int at = target.position();
        byte[] entry = record.entry();
        if (entry.length > MAX_ENTRY) {
            throw new IllegalArgumentException("entry of " + entry.length + " bytes, at most " + MAX_ENTRY);
        }
        target.putInt(entry.length)
                .putLong(record.leafIndex())
                .putLong(record.fingerprintHigh())
                .putLong(record.fingerprintLow())
                .putInt(crc(entry, 0, entry.length));
        target.putInt(crc(target.array(), target.arrayOffset() + at, 32));
        target.put(entry);
    }

    /// A record's header, read and checked.
    record Header(int length, long leafIndex, long fingerprintHigh, long fingerprintLow, int entryCrc) {
        /// Empty if the checksum does not fit.
        static Optional<Header> parse(byte[] bytes, int from) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, from, RECORD_HEADER);
            Header header =
                    new Header(buffer.getInt(), buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getInt());
            boolean sound = buffer.getInt() == crc(bytes, from, 32) && header.length >= 0 && header.length <= MAX_ENTRY;
            return sound ? Optional.of(header) : Optional.empty();
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
