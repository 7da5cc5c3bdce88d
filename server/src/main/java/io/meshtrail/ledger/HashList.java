package io.meshtrail.ledger;

import io.meshtrail.proof.Hash;
import java.util.Arrays;

/// A growing list of hashes in one array: 32 bytes each and no objects.
final class HashList {
    private byte[] bytes = new byte[64 * Hash.BYTES];
    private int size;

    int size() {
        return size;
    }

    void add(Hash hash) {
        if ((size + 1) * Hash.BYTES > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        hash.writeTo(bytes, size * Hash.BYTES);
        size++;
    }

    Hash get(int index) {
        return Hash.at(bytes, index * Hash.BYTES);
    }

    byte[] copy(int from, int count) {
        return Arrays.copyOfRange(bytes, from * Hash.BYTES, (from + count) * Hash.BYTES);
    }

    /// Forgets the first hashes.
    void removeFirst(int count) {
        byte[] rest = new byte[Math.max(64, size - count) * Hash.BYTES];
        System.arraycopy(bytes, count * Hash.BYTES, rest, 0, (size - count) * Hash.BYTES);
        bytes = rest;
        size -= count;
    }
}
