package io.meshtrail.retention;

import io.meshtrail.objectstore.ObjectStore;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Blobs of which none is deleted that was put within the last hour, also if it was there before: its entry may still
/// be on the way. Any thread.
public final class GuardedBlobs implements ObjectStore {
    /// Longer than any entry is on its way from its blob to the searchable rows.
    static final Duration GUARD = Duration.ofHours(1);

    private final ObjectStore blobs;
    private final LongSupplier elapsed;
    private final ReentrantLock lock = new ReentrantLock();

    /// When blobs were put last, as long as that matters.
    private final Map<String, Long> put = new HashMap<>();

    /// @param elapsed nanoseconds of a clock that never goes back
    public GuardedBlobs(ObjectStore blobs, LongSupplier elapsed) {
        this.blobs = blobs;
        this.elapsed = elapsed;
    }

    @Override
    public String put(byte[] bytes) throws IOException {
        // Noted before it is looked for: once noted it is not deleted, and one deleted before is written anew.
        note(sha256(bytes));
        return blobs.put(bytes);
    }

    private void note(String name) {
        lock.lock();
        try {
            long now = elapsed.getAsLong();
            put.values().removeIf(at -> now - at > GUARD.toNanos());
            put.put(name, now);
        } finally {
            lock.unlock();
        }
    }

    /// Deletes a blob that was not put within the last hour.
    ///
    /// @return whether it did
    boolean deleteIfOld(String name) throws IOException {
        lock.lock();
        try {
            Long at = put.get(name);
            boolean old = at == null || elapsed.getAsLong() - at > GUARD.toNanos();
            if (old) {
                blobs.delete(name);
            }
            return old;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<byte[]> get(String sha256) throws IOException {
        return blobs.get(sha256);
    }

    @Override
    public List<String> names() throws IOException {
        return blobs.names();
    }

    @Override
    public void delete(String sha256) throws IOException {
        blobs.delete(sha256);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
