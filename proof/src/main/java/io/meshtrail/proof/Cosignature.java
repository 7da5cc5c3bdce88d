package io.meshtrail.proof;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The exact bytes that a cosigner signs (C2SP tlog-cosignature, ledger spec section 5): a time, so that one
/// can tell
/// how fresh its word is, and a prefix that no checkpoint can start with.
///
/// An Ed25519 cosignature says: at that time this was the largest consistent tree that I had seen for its
/// origin.
public final class Cosignature {
    static final int TIMESTAMP_BYTES = 8;
    private static final int MAX_NAME_BYTES = 255;

    private Cosignature() {}

    /// Type 0x04: `cosignature/v1`, the time, and the whole note text with its extensions.
    static byte[] message(long timestamp, String text) {
        return Utf8.encode("cosignature/v1\ntime " + timestamp + '\n' + text);
    }

    /// Type 0x06 for a whole tree; nothing if the text is no checkpoint or a name is too long.
    static Optional<byte[]> treeMessage(String cosigner, long timestamp, String text) {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(text);
        } catch (MalformedException notACheckpoint) {
            return Optional.empty();
        }
        Subtree whole = new Subtree(0, checkpoint.treeSize());
        return subtreeMessage(cosigner, timestamp, checkpoint.origin(), whole, checkpoint.root());
    }

    /// Type 0x06: names with their lengths, the time, the subtree and its hash, integers big-endian. A
    /// subtree that
    /// does not start at 0 must carry the time 0: it says nothing about what is newest.
    static Optional<byte[]> subtreeMessage(
            String cosigner, long timestamp, String origin, Subtree subtree, Hash subtreeHash) {
        byte[] cosignerBytes = Utf8.encode(cosigner);
        byte[] originBytes = Utf8.encode(origin);
        if (cosignerBytes.length > MAX_NAME_BYTES
                || originBytes.length > MAX_NAME_BYTES
                || (subtree.start() != 0 && timestamp != 0)) {
            return Optional.empty();
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(Utf8.encode("subtree/v1\n\0"));
        message.write(cosignerBytes.length);
        message.writeBytes(cosignerBytes);
        message.writeBytes(uint64(timestamp));
        message.write(originBytes.length);
        message.writeBytes(originBytes);
        message.writeBytes(uint64(subtree.start()));
        message.writeBytes(uint64(subtree.end()));
        message.writeBytes(subtreeHash.bytes());
        return Optional.of(message.toByteArray());
    }

    /// POSIX seconds from the first eight bytes; negative means 2^63 or more, which no verifier accepts.
    static long timestamp(byte[] signature) {
        return ByteBuffer.wrap(signature).getLong();
    }

    static byte[] uint64(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
