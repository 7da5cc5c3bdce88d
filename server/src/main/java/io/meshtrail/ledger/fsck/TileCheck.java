package io.meshtrail.ledger.fsck;

import io.meshtrail.ledger.TileFiles;
import io.meshtrail.proof.TilePath;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// Holds the stored tiles of a ledger, level 1 and up, against the hashes that the entries give.
final class TileCheck {
    private final DataFolder folder;
    private final String ledger;
    private final Findings findings;

    TileCheck(DataFolder folder, String ledger, Findings findings) {
        this.folder = folder;
        this.ledger = ledger;
        this.findings = findings;
    }

    /// @param sealed the entries that the stored tiles must cover
    void check(long sealed, RebuiltTree tree) throws IOException {
        TileFiles files = new TileFiles(folder.disk(), folder.of("ledger").resolve(ledger));
        for (TilePath path : TileFiles.paths(sealed)) {
            String file = "ledger/" + ledger + "/" + path;
            if (!folder.disk().exists(files.file(path))) {
                findings.add(0, sealed, file, "the tile is missing");
            } else {
                Optional<byte[]> expected = tree.tile(path);
                if (expected.isEmpty()
                        || !Arrays.equals(folder.disk().read(files.file(path)), expected.orElseThrow())) {
                    findings.add(0, sealed, file, "the tile has other hashes than the entries give");
                }
            }
        }
    }
}
