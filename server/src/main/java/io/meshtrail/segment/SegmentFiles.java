package io.meshtrail.segment;

import io.meshtrail.host.AppendFile;
import io.meshtrail.host.Disk;
import io.meshtrail.proof.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Where segments lie below a data folder: `segments/<ledger>/<from>-<to>.parquet`, with twelve digits each.
///
/// @param data the data folder
public record SegmentFiles(Path data) {
    static final String TEMPORARY = ".tmp";

    /// The folder of all segments, the one that an engine must be allowed to use.
    public Path folder() {
        return data.resolve("segments");
    }

    public Path folder(String ledger) {
        return folder().resolve(ledger);
    }

    public Path of(Segment segment) {
        return folder(segment.ledger()).resolve(segment.file());
    }

    /// Where the sidecar of a segment lies: beside it, `<from>-<to>.sidecar`.
    public Path sidecar(Segment segment) {
        return folder(segment.ledger()).resolve(sidecarName(segment.from(), segment.to()));
    }

    /// The name of a sidecar's file.
    public static String sidecarName(long from, long to) {
        return String.format(java.util.Locale.ROOT, "%012d-%012d.sidecar", from, to);
    }

    /// The name of a segment's file.
    public static String name(long from, long to) {
        return String.format(java.util.Locale.ROOT, "%012d-%012d.parquet", from, to);
    }

    /// SHA-256 of a whole file, read in pieces.
    static Hash sha256(Disk disk, Path file) throws IOException {
        MessageDigest digest = digest();
        ByteBuffer piece = ByteBuffer.allocate(1 << 20);
        try (AppendFile open = disk.openAppend(file)) {
            long size = open.size();
            for (long at = 0; at < size; at += piece.limit()) {
                piece.clear().limit((int) Math.min(piece.capacity(), size - at));
                open.read(at, piece);
                digest.update(piece.flip());
            }
        }
        return Hash.at(digest.digest(), 0);
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
