package io.meshtrail.anchor;

import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.proof.TreeHead;

/// Signed checkpoints of a made-up ledger.
public final class SampleCheckpoints {
    private static final String ORIGIN = "sample.example/root";

    private SampleCheckpoints() {}

    public static AnchoredCheckpoint of(long treeSize) {
        try {
            return AnchoredCheckpoint.parse(note(treeSize));
        } catch (MalformedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public static byte[] note(long treeSize) {
        Hash root = Hash.leaf(Long.toString(treeSize).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try {
            return Checkpoint.of(ORIGIN, new TreeHead(treeSize, treeSize == 0 ? Hash.EMPTY_ROOT : root))
                    .sign(SigningKey.ofSeed(ORIGIN, SignatureType.ED25519, new byte[32]))
                    .bytes();
        } catch (MalformedException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
