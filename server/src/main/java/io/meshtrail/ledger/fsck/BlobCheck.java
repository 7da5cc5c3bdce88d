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

/// Blobs: each that an entry names must be there, and each that is there must have the hash that is its
/// name.
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

    /// The keys of an entry are sorted, so that only those before the mark are looked at: `action` and a
    /// few attributes. Every entry of a ledger passes here.
    private static boolean namesBlob(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int key = offset + 1;
        while (key < end && bytes[key] == '"') {
            int same = 0;
            while (same < MARK.length && key + same < end && bytes[key + same] == MARK[same]) {
                same++;
            }
            if (same == MARK.length || key + same >= end) {
                return same == MARK.length;
            }
            if (bytes[key + same] > MARK[same]) {
                return false;
            }
            key = afterValue(bytes, afterString(bytes, key, end) + 1, end) + 1;
        }
        return false;
    }

    /// The place after a string that begins at a quote.
    private static int afterString(byte[] bytes, int quote, int end) {
        int at = quote + 1;
        while (at < end && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /// The place after a value: a string, a list of strings, or a number.
    private static int afterValue(byte[] bytes, int start, int end) {
        int at = start;
        int depth = 0;
        while (at < end && (depth > 0 || (bytes[at] != ',' && bytes[at] != '}'))) {
            switch (bytes[at]) {
                case '"' -> at = afterString(bytes, at, end) - 1;
                case '[' -> depth++;
                case ']' -> depth--;
                default -> {
                    // a digit or a comma between two strings
                }
            }
            at++;
        }
        return at;
    }
}
