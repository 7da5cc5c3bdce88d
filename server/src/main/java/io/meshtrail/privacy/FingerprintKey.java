package io.meshtrail.privacy;

import io.meshtrail.host.AppendFile;
import io.meshtrail.host.Disk;
import io.meshtrail.host.Host;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secret of the state folder that makes fingerprints of input records useless to those who guess. A
/// journal keeps the fingerprint beside the entry, and the entry tells every byte of the record but the
/// personal ones: a plain hash would confirm a guess.
final class FingerprintKey {
    private static final int BYTES = 32;

    private final Host host;
    private final Path file;
    private volatile SecretKeySpec key;

    private FingerprintKey(Host host, Path file, byte[] key) {
        this.host = host;
        this.file = file;
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    static FingerprintKey open(Host host, Path file) throws IOException {
        Disk disk = host.disk();
        if (disk.exists(file) && disk.size(file) == BYTES) {
            return new FingerprintKey(host, file, disk.read(file));
        }
        byte[] fresh = random(host);
        disk.replace(file, fresh);
        disk.makePrivate(file);
        return new FingerprintKey(host, file, fresh);
    }

    /// What stands for the bytes of an input record.
    byte[] of(byte[] identity) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(identity);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    /// Destroys the key and takes a new one, so that fingerprints that are still in a journal confirm
    /// nothing any more. Repetitions of what came before are not recognised after it.
    void renew() throws IOException {
        byte[] fresh = random(host);
        try (AppendFile old = host.disk().openAppend(file)) {
            // In place; a crash in between leaves a mixture, which is as good a key as any.
            old.overwrite(0, ByteBuffer.wrap(fresh));
            old.sync();
        }
        key = new SecretKeySpec(fresh, "HmacSHA256");
    }

    private static byte[] random(Host host) {
        byte[] random = new byte[BYTES];
        host.random().nextBytes(random);
        return random;
    }
}
