package io.meshtrail.ledger.fsck;

import io.meshtrail.host.Disk;
import io.meshtrail.ledger.LedgerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The files that anchors leave (`anchors/<name>/<tree size>.<ending>`): each that `root` names must be
/// there with that SHA-256, and none may stand between two of them that `root` does not name. A younger one
/// is being recorded.
final class AnchorCheck {
    private static final Pattern LINE =
            Pattern.compile("([0-9a-f]{64})  (anchors/[a-z0-9][a-z0-9.-]*/[0-9]{20}\\.[a-z]+)");
    private static final Pattern FILE = Pattern.compile("([0-9]{20})\\.[a-z]+");

    private final Disk disk;
    private final Path data;

    AnchorCheck(Disk disk, Path data) {
        this.disk = disk;
        this.data = data;
    }

    /// The paths that are on record.
    static Set<String> files(Statements statements) {
        return statements.anchors().stream()
                .flatMap(stated -> LINE.matcher(stated.get("files")).results())
                .map(line -> line.group(2))
                .collect(Collectors.toSet());
    }

    /// What was recorded of a file.
    private record Kept(String sha256, long rootIndex) {}

    void check(Statements statements, List<Finding> findings) throws IOException {
        Map<String, Kept> recorded = new HashMap<>();
        Map<String, LongSummaryStatistics> sizes = new HashMap<>();
        for (Statements.Stated stated : statements.anchors()) {
            for (String line : stated.get("files").split("\n")) {
                Matcher file = LINE.matcher(line);
                if (file.matches()) {
                    // Of two records of one file the later counts: the place was asked twice.
                    recorded.put(file.group(2), new Kept(file.group(1), stated.rootIndex()));
                } else if (!line.isEmpty()) {
                    findings.add(finding(stated.rootIndex(), "anchors", "root names a file as '" + line + "'"));
                }
            }
            if (stated.get("size").matches("[0-9]{1,18}")) {
                sizes.computeIfAbsent(stated.get("anchor"), name -> new LongSummaryStatistics())
                        .accept(Long.parseLong(stated.get("size")));
            }
        }
        for (Map.Entry<String, Kept> each : recorded.entrySet()) {
            compare(each.getKey(), each.getValue(), findings);
        }
        for (Path folder : disk.listFolders(data.resolve("anchors"))) {
            String anchor = String.valueOf(folder.getFileName());
            for (Path file : disk.list(folder)) {
                String path = "anchors/" + anchor + "/" + file.getFileName();
                if (!recorded.containsKey(path) && isOld(file, sizes.get(anchor))) {
                    findings.add(new Finding("-", 0, 0, path, "root has no such file on record"));
                }
            }
        }
    }

    private void compare(String path, Kept kept, List<Finding> findings) throws IOException {
        if (!disk.exists(data.resolve(path))) {
            findings.add(finding(kept.rootIndex(), path, "the file is missing"));
            return;
        }
        String found = Sha256.of(disk, data.resolve(path)).hex();
        if (!found.equals(kept.sha256())) {
            findings.add(finding(
                    kept.rootIndex(),
                    path,
                    "SHA-256 is " + found + ", root/" + kept.rootIndex() + " records " + kept.sha256()));
        }
    }

    private static boolean isOld(Path file, @org.jspecify.annotations.Nullable LongSummaryStatistics sizes) {
        Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
        if (!name.matches() || sizes == null) {
            return false;
        }
        long size = Long.parseLong(name.group(1));
        return sizes.getMin() <= size && size <= sizes.getMax();
    }

    private static Finding finding(long rootIndex, String file, String words) {
        return new Finding(LedgerSettings.ROOT, rootIndex, rootIndex + 1, file, words);
    }
}
