package io.meshtrail.ledger.fsck;

import io.meshtrail.event.EntryFormatException;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.segment.Manifest;
import java.io.IOException;
import java.util.Arrays;

/// Reads what `root` states. What cannot be read of it is named when `root` itself is checked.
final class RootReading {
    private RootReading() {}

    /// @param manifest read before, since a seal is in root before it is in the manifest
    static Statements of(DataFolder folder, Manifest manifest) {
        Statements statements = new Statements();
        LedgerCheck reading = new LedgerCheck(
                folder.inOrder(),
                LedgerSettings.ROOT,
                manifest.of(LedgerSettings.ROOT),
                Remembered.NOTHING,
                (ledger, leafIndex, bytes, offset, length) -> {
                    try {
                        statements.read(leafIndex, Arrays.copyOfRange(bytes, offset, offset + length));
                    } catch (EntryFormatException damaged) {
                        // the tree of root will not fit its checkpoint, and that names the place
                    }
                });
        try {
            reading.check(new Statements());
        } catch (IOException unreadable) {
            // named when root itself is checked
        }
        return statements;
    }
}
