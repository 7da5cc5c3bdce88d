package io.meshtrail.privacy;

import io.meshtrail.proof.Hash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// All subjects in memory, without an object for each: about 130 bytes a subject with a value of 20
/// bytes. The rows stand in slabs just as in the file, but for the checksum, in whose place is the row's
/// place in the file. Two open tables find them, one by pseudonym and one by value. Guarded by its owner.
final class SubjectMap {
    /// Small enough not to be a humongous object, of which each would fill a whole region of the heap more.
    private static final int SLAB = 1 << 18;
    private static final int PLACE = 4;
    private static final int FIELDS = 8;
    private static final int VALUE_LENGTH = 14;
    private static final int FREE = 0;
    private static final int GONE = -1;

    private final byte[] seed;
    private final List<byte[]> slabs = new ArrayList<>();
    private int used = SLAB;
    private int[] byPseudonym = new int[1_024];
    private int[] byValue = new int[1_024];

    /// Slots that are not free, of which some may be gone.
    private int taken;

    private int count;

    /// @param seed a secret, so that nobody can send values that collide
    SubjectMap(byte[] seed) {
        this.seed = seed.clone();
    }

    int count() {
        return count;
    }

    /// Adds a subject that is not there.
    ///
    /// @param place in the file, a multiple of 8 below 32 GiB
    void add(SubjectRecord subject, long place) {
        if ((taken + 1) * 5L > byValue.length * 3L) {
            grow();
        }
        if (used + subject.length() > SLAB) {
            slabs.add(new byte[SLAB]);
            used = 0;
        }
        byte[] slab = slabs.getLast();
        subject.bytes().get(slab, used, subject.length());
        ByteBuffer.wrap(slab).putInt(used + PLACE, (int) (place >>> 3));
        int row = (slabs.size() - 1) * (SLAB / 8) + used / 8 + 1;
        used += subject.length();
        put(byPseudonym, hash(subject.key(), 0), row);
        put(byValue, hash(subject.value()), row);
        taken++;
        count++;
    }

    /// The row of a pseudonym; 0 if there is none.
    int find(Pseudonym pseudonym) {
        byte[] key = pseudonym.commitment().bytes();
        int at = hash(key, 0) & byPseudonym.length - 1;
        while (byPseudonym[at] != FREE) {
            int row = byPseudonym[at];
            if (row != GONE && equal(row, SubjectRecord.HEADER, key)) {
                return row;
            }
            at = at + 1 & byPseudonym.length - 1;
        }
        return 0;
    }

    /// The row of a value; 0 if there is none.
    int find(byte[] value) {
        int at = hash(value) & byValue.length - 1;
        while (byValue[at] != FREE) {
            int row = byValue[at];
            if (row != GONE && valueLength(row) == value.length && equal(row, SubjectRecord.VALUE, value)) {
                return row;
            }
            at = at + 1 & byValue.length - 1;
        }
        return 0;
    }

    Pseudonym pseudonym(int row) {
        return new Pseudonym(Hash.at(slab(row), at(row) + SubjectRecord.HEADER));
    }

    byte[] value(int row) {
        int from = at(row) + SubjectRecord.VALUE;
        return Arrays.copyOfRange(slab(row), from, from + valueLength(row));
    }

    byte[] salt(int row) {
        int from = at(row) + SubjectRecord.SHORT;
        return Arrays.copyOfRange(slab(row), from, from + Pseudonym.SALT);
    }

    int fields(int row) {
        return number(row, FIELDS);
    }

    void addFields(int row, int fields) {
        ByteBuffer.wrap(slab(row)).putInt(at(row) + FIELDS, fields(row) | fields);
    }

    /// Where the row stands in the file.
    long place(int row) {
        return (number(row, PLACE) & 0xFFFFFFFFL) << 3;
    }

    int length(int row) {
        return number(row, 0);
    }

    /// Takes a row out and leaves nothing of it in memory.
    void remove(int row) {
        drop(byPseudonym, hash(slab(row), at(row) + SubjectRecord.HEADER), row);
        drop(byValue, hash(value(row)), row);
        int from = at(row) + FIELDS;
        Arrays.fill(slab(row), from, at(row) + length(row), (byte) 0);
        count--;
    }

    /// The row after another, 0 for the first; 0 at the end. Rows that were removed have no fields.
    int next(int row) {
        if (row == 0) {
            return slabs.isEmpty() ? 0 : 1;
        }
        int slab = (row - 1) / (SLAB / 8);
        int after = at(row) + length(row);
        boolean last = slab == slabs.size() - 1;
        if (after + 4 <= (last ? used : SLAB)
                && ByteBuffer.wrap(slabs.get(slab)).getInt(after) != 0) {
            return slab * (SLAB / 8) + after / 8 + 1;
        }
        return last ? 0 : (slab + 1) * (SLAB / 8) + 1;
    }

    private void grow() {
        int[] pseudonyms = new int[byPseudonym.length * 2];
        int[] values = new int[byValue.length * 2];
        byPseudonym = pseudonyms;
        byValue = values;
        taken = 0;
        for (int row = next(0); row != 0; row = next(row)) {
            if (fields(row) != 0) {
                put(byPseudonym, hash(slab(row), at(row) + SubjectRecord.HEADER), row);
                put(byValue, hash(value(row)), row);
                taken++;
            }
        }
    }

    private static void put(int[] table, int hash, int row) {
        int at = hash & table.length - 1;
        while (table[at] != FREE) {
            at = at + 1 & table.length - 1;
        }
        table[at] = row;
    }

    private static void drop(int[] table, int hash, int row) {
        int at = hash & table.length - 1;
        while (table[at] != row) {
            at = at + 1 & table.length - 1;
        }
        table[at] = GONE;
    }

    private int hash(byte[] value) {
        java.security.MessageDigest digest = Pseudonym.sha256();
        digest.update(seed);
        digest.update(value);
        return hash(digest.digest(), 0);
    }

    private static int hash(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    private boolean equal(int row, int part, byte[] bytes) {
        int from = at(row) + part;
        return Arrays.equals(slab(row), from, from + bytes.length, bytes, 0, bytes.length);
    }

    private int valueLength(int row) {
        return ByteBuffer.wrap(slab(row)).getShort(at(row) + VALUE_LENGTH) & 0xFFFF;
    }

    private int number(int row, int part) {
        return ByteBuffer.wrap(slab(row)).getInt(at(row) + part);
    }

    private byte[] slab(int row) {
        return slabs.get((row - 1) / (SLAB / 8));
    }

    private static int at(int row) {
        return (row - 1) % (SLAB / 8) * 8;
    }
}
