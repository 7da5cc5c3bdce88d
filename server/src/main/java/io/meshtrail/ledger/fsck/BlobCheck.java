package io.meshtrail.ledger.fsck;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.host.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Blobs: each that an entry names must be there, and each that is there must have the hash that is its name.
final class BlobCheck {
    private static final byte[] MARK = "\"attributes.blob.".getBytes(StandardCharsets.US_ASCII);

    private final Disk disk;
    private final Path data;
    private final Map<String, Finding> wanted = new ConcurrentHashMap<>();
    private long count;

    BlobCheck(Disk disk, Path data) {
        this.disk = disk;
        this.data = data;
    }

    long count() {
        return count;
    }

    /// Notes the blobs that an entry names. Any thread.
    void entry(String ledger, long leafIndex, byte[] bytes, int offset, int length) {
        if (!namesBlob(bytes, offset, length)) {
            return;
        }
        try {
            AuditEvent event = EventCodec.decode(Arrays.copyOfRange(bytes, offset, offset + length));
            event.attributes().forEach((name, value) -> {
                if (name.startsWith("blob.") && name.endsWith(".sha256") && value.matches("[0-9a-f]{64}")) {
                    wanted.put(
                            value, new Finding(ledger, leafIndex, leafIndex + 1, file(value), "the blob is missing"));
                }
            });
        } catch (EntryFormatException damaged) {
            // the tree does not fit then, and that names the place
        }
    }

    void check(List<Finding> findings) throws IOException {
        Set<String> there = new HashSet<>();
        for (Path folder : disk.listFolders(data.resolve("blobs"))) {
            for (Path path : disk.list(folder)) {
                String name = String.valueOf(path.getFileName());
                if (name.endsWith(".tmp")) {
                    continue;
                }
                count++;
                there.add(name);
                String found = Sha256.of(disk, path).hex();
                if (!found.equals(name)) {
                    Finding about = wanted.getOrDefault(name, new Finding("-", 0, 0, file(name), ""));
                    findings.add(new Finding(
                            about.ledger(), about.from(), about.to(), about.file(), "the blob has SHA-256 " + found));
                }
            }
        }
        wanted.forEach((name, missing) -> {
            if (!there.contains(name)) {
                findings.add(missing);
            }
        });
    }

    private static String file(String sha256) {
        return "blobs/" + sha256.substring(0, 2) + "/" + sha256;
    }

    /// The attributes come first in an entry, after `action` at most, so the mark is near the beginning or
    /// not there.
    private static boolean namesBlob(byte[] bytes, int offset, int length) {
        int last = offset + length - MARK.length;
        for (int at = offset; at <= last; at++) {
            if (bytes[at] == '"' && Arrays.equals(bytes, at, at + MARK.length, MARK, 0, MARK.length)) {
                return true;
            }
        }
        return false;
    }
}
