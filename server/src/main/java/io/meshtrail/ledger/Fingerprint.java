package io.meshtrail.ledger;

import io.meshtrail.event.Submission;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// 128 bits of SHA-256 over producer and input record.
///
/// @param high 64 bits; 0 together with `low` means that the transport cannot repeat
/// @param low 64 bits
record Fingerprint(long high, long low) {
    static final Fingerprint NONE = new Fingerprint(0, 0);

    static Fingerprint of(Submission submission) {
        byte[] identity = submission.identity();
        if (identity == null) {
            return NONE;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(submission.producer().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(identity);
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            return new Fingerprint(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    boolean isNone() {
        return high == 0 && low == 0;
    }
}
