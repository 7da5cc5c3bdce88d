package io.meshtrail.retention;

import io.meshtrail.engine.Engine;
import io.meshtrail.index.Index;
import io.meshtrail.index.RowSource;
import io.meshtrail.index.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Deletes blobs that no entry names any more: all entries that did are pruned. It looks at everything that is still
/// there, so a blob that two ledgers name goes with the last of them, and what a crash left behind goes later.
final class BlobSweep {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Index index;
    private final GuardedBlobs blobs;

    BlobSweep(Index index, GuardedBlobs blobs) {
        this.index = index;
        this.blobs = blobs;
    }

    /// @return whether nothing is left to delete; if not, it should be asked again later
    /// @throws io.meshtrail.engine.EngineException if not all rows can be read; then nothing is deleted
    boolean sweep() throws IOException {
        List<String> there = blobs.names();
        if (there.isEmpty()) {
            return true;
        }
        Set<String> named = new HashSet<>();
        try (Snapshot snapshot = index.snapshot()) {
            if (!snapshot.missing().isEmpty()) {
                return false;
            }
            for (RowSource source : snapshot.sources()) {
                named.addAll(names(snapshot.engine(), source));
            }
        }
        boolean all = true;
        for (String name : there) {
            if (!named.contains(name)) {
                all &= blobs.deleteIfOld(name);
            }
        }
        return all;
    }

    private static List<String> names(Engine engine, RowSource source) {
        return engine.query(
                "SELECT DISTINCT unnest(regexp_extract_all(attributes, '\"blob\\.[A-Za-z0-9._/-]+\\.sha256\":\""
                        + "([0-9a-f]{64})\"', 1)) FROM " + source.relation()
                        + " WHERE contains(attributes, '\"blob.')",
                List.of(),
                LIMIT,
                rows -> {
                    List<String> names = new ArrayList<>();
                    while (rows.next()) {
                        names.add(rows.getString(1));
                    }
                    return names;
                });
    }
}
