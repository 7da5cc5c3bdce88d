package io.meshtrail.ledger.fsck;

import io.meshtrail.host.AppendFile;
import io.meshtrail.host.Disk;
import io.meshtrail.proof.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hash of whole files.
final class Sha256 {
    private static final int PIECE = 1 << 20;

    private Sha256() {}

    static Hash of(Disk disk, Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
        try (AppendFile open = disk.openRead(file)) {
            long size = open.size();
            for (long at = 0; at < size; at += PIECE) {
                ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, size - at));
                open.read(at, piece);
                digest.update(piece.flip());
            }
        }
        return Hash.at(digest.digest(), 0);
    }
}
