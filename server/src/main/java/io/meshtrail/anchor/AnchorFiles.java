package io.meshtrail.anchor;

import io.meshtrail.host.Disk;
import io.meshtrail.proof.Hash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is kept of the receipts: `anchors/<name>/<tree size, 20 digits>.<ending>` in the data folder.
/// `root` has the SHA-256 of each, and `verify` compares.
final class AnchorFiles {
    private static final Pattern NAME = Pattern.compile("([0-9]{20})\\.[a-z]+(\\.tmp)?");

    private final Disk disk;
    private final Path data;

    AnchorFiles(Disk disk, Path data) {
        this.disk = disk;
        this.data = data;
    }

    /// Makes the files of a receipt durable and returns their hashes by path below the data folder.
    Map<String, Hash> keep(String anchor, long treeSize, Receipt receipt) throws IOException {
        Map<String, Hash> kept = new TreeMap<>();
        for (Map.Entry<String, byte[]> file : receipt.files().entrySet()) {
            String path = String.format("anchors/%s/%020d.%s", anchor, treeSize, file.getKey());
            disk.makeFolder(data.resolve("anchors").resolve(anchor));
            disk.replace(data.resolve(path), file.getValue());
            kept.put(path, AnchoredCheckpoint.sha256(file.getValue()));
        }
        return kept;
    }

    /// Removes what a crash left behind: files of checkpoints larger than the last on record. The next
    /// placing makes new ones.
    void removeUnrecorded(String anchor, long recordedSize) throws IOException {
        for (Path file : disk.list(data.resolve("anchors").resolve(anchor))) {
            Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
            if (name.matches() && (name.group(2) != null || Long.parseLong(name.group(1)) > recordedSize)) {
                disk.delete(file);
            }
        }
    }
}
