package io.meshtrail.privacy;

import io.meshtrail.proof.Hash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/// The bytes of a record of the subject table, big-endian; `docs/formats/subjects.md` has the reason for
/// each.
///
/// ```
///  0   4  length of the whole record, a multiple of 8
///  4   4  CRC32C of all that follows
///  8   4  fields, a bit mask
/// 12   2  type: 1 subject, 2 seen in another field, 3 erased, 4 root was read
/// 14   2  length of the value
/// 16  32  pseudonym (of type 4: eight bytes, the number of entries of `root`, then zeros)
/// 48  32  salt      (types 1 and 3; zeros in 3)
/// 80   n  value and zeros up to the length
/// ```
record SubjectRecord(int type, int fields, byte[] key, byte[] salt, byte[] value, int length) {
    static final int SUBJECT = 1;
    static final int SEEN = 2;
    static final int ERASED = 3;
    static final int ROOT_READ = 4;

    static final int HEADER = 16;
    static final int SHORT = HEADER + Hash.BYTES;
    static final int VALUE = SHORT + Pseudonym.SALT;

    private static final byte[] NOTHING = new byte[0];

    static SubjectRecord subject(int fields, Pseudonym pseudonym, byte[] salt, byte[] value) {
        int length = (VALUE + value.length + 7) & ~7;
        return new SubjectRecord(SUBJECT, fields, pseudonym.commitment().bytes(), salt, value, length);
    }

    static SubjectRecord seen(int fields, Pseudonym pseudonym) {
        return new SubjectRecord(SEEN, fields, pseudonym.commitment().bytes(), NOTHING, NOTHING, SHORT);
    }

    /// What is written over a subject: as long as it was, with nothing in it but the pseudonym.
    static SubjectRecord erased(Pseudonym pseudonym, int length) {
        byte[] zeros = new byte[length - VALUE];
        return new SubjectRecord(ERASED, 0, pseudonym.commitment().bytes(), new byte[Pseudonym.SALT], zeros, length);
    }

    static SubjectRecord rootRead(long entries) {
        byte[] key = ByteBuffer.allocate(Hash.BYTES).putLong(entries).array();
        return new SubjectRecord(ROOT_READ, 0, key, NOTHING, NOTHING, SHORT);
    }

    Pseudonym pseudonym() {
        return new Pseudonym(Hash.at(key, 0));
    }

    long entries() {
        return ByteBuffer.wrap(key).getLong();
    }

    /// Whether salt and value are what the pseudonym commits to.
    boolean holds() {
        return Pseudonym.of(salt, value).equals(pseudonym());
    }

    ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        bytes.putInt(length).putInt(0).putInt(fields).putShort((short) type).putShort((short) value.length);
        bytes.put(key).put(salt).put(value);
        bytes.putInt(4, crc(bytes.array(), length)).rewind();
        return bytes;
    }

    /// The length of the record that a header announces; empty if its parts contradict one another.
    static OptionalInt length(byte[] header) {
        ByteBuffer bytes = ByteBuffer.wrap(header);
        int length = bytes.getInt();
        int needed = switch (bytes.getShort(12)) {
            case SUBJECT, ERASED -> (VALUE + (bytes.getShort(14) & 0xFFFF) + 7) & ~7;
            case SEEN, ROOT_READ -> SHORT;
            default -> 0;
        };
        return length == needed && length > 0 ? OptionalInt.of(length) : OptionalInt.empty();
    }

    /// Whether the checksum fits.
    static boolean isSound(byte[] record) {
        return ByteBuffer.wrap(record).getInt(4) == crc(record, record.length);
    }

    /// @param record a sound one
    static SubjectRecord parse(byte[] record) {
        ByteBuffer bytes = ByteBuffer.wrap(record);
        int type = bytes.getShort(12);
        int value = bytes.getShort(14) & 0xFFFF;
        boolean wide = type == SUBJECT || type == ERASED;
        return new SubjectRecord(
                type,
                bytes.getInt(8),
                Arrays.copyOfRange(record, HEADER, SHORT),
                wide ? Arrays.copyOfRange(record, SHORT, VALUE) : NOTHING,
                wide ? Arrays.copyOfRange(record, VALUE, VALUE + value) : NOTHING,
                record.length);
    }

    private static int crc(byte[] record, int length) {
        CRC32C crc = new CRC32C();
        crc.update(record, 8, length - 8);
        return (int) crc.getValue();
    }
}
