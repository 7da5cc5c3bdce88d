package io.meshtrail.ledger.fsck;

import io.meshtrail.segment.Manifest;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Which files of the data folder no check answers for: what a crash left behind and the next start
/// removes, and what is not ours at all. Neither can change an answer, since nothing reads them; a reader
/// of the report shall still know that their bytes prove nothing.
final class FolderCover {
    /// What the checks of ledgers, journals and blobs read or find missing.
    private static final Pattern CHECKED = Pattern.compile(
            "manifest|journal/[^/]+/[^/]+\\.journal|ledger/[^/]+/(key|checkpoint|witnessed|epoch-[0-9]+\\.(key|checkpoint)|recent/[0-9]+)|"
                    + "blobs/[^/]+/[^/]+|anchors/[^/]+/[^/]+");

    private static final Pattern TILE = Pattern.compile("ledger/([^/]+)/(tile/.*)");

    /// The lock of the running server is empty.
    private static final String LOCK = "lock";

    private final DataFolder folder;
    private final Set<String> known = new HashSet<>();

    /// @param tiles the tile files that were compared
    FolderCover(DataFolder folder, Manifest manifest, Set<String> tiles) {
        this.folder = folder;
        for (Segment segment : manifest.segments()) {
            known.add(DataFolder.file(segment));
            known.add(DataFolder.sidecar(segment));
        }
        known.addAll(tiles);
    }

    List<FsckReport.Uncovered> uncovered() throws IOException {
        List<FsckReport.Uncovered> uncovered = new ArrayList<>();
        walk(folder.path(), uncovered);
        return uncovered;
    }

    private void walk(Path at, List<FsckReport.Uncovered> uncovered) throws IOException {
        for (Path path : folder.disk().list(at)) {
            String file = folder.path().relativize(path).toString();
            boolean empty = file.equals(LOCK)
                    && folder.disk().exists(path)
                    && folder.disk().size(path) == 0;
            // A file that is gone by now was one that the server beside us was about to give its name.
            if (!empty && !isCovered(file) && folder.disk().exists(path)) {
                uncovered.add(new FsckReport.Uncovered(file, why(file)));
            }
        }
        for (Path each : folder.disk().listFolders(at)) {
            walk(each, uncovered);
        }
    }

    private boolean isCovered(String file) {
        return known.contains(file) || (CHECKED.matcher(file).matches() && !file.endsWith(".tmp"));
    }

    private static String why(String file) {
        if (file.endsWith(".tmp")) {
            return "a file that was never finished";
        }
        if (TILE.matcher(file).matches()) {
            return "a tile that no sealed entries need; the next seal or start removes or completes it";
        }
        if (file.startsWith("segments/") && file.endsWith(".parquet")) {
            return "a segment that the manifest does not name; the next start takes it up or removes it";
        }
        if (file.startsWith("segments/") && file.endsWith(".sidecar")) {
            return "the sidecar of no segment; the next start removes it";
        }
        if (file.startsWith("tmp/")) {
            return "a working file of a running server, or of one that was killed; the next start removes it";
        }
        return "not a file of a data folder";
    }
}
