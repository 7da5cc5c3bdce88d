package io.meshtrail.cli;

import io.meshtrail.ledger.fsck.FsckReport;
import io.meshtrail.ledger.fsck.Progress;
import io.meshtrail.ledger.fsck.Remembered;
import java.io.IOException;
import java.nio.file.Path;

/// Checks a data folder; `app` knows with which engine.
public interface DataFolderCheck {
    /// @param remembered checkpoints that must be heads of the ledgers in the folder
    /// @param progress may be told by several threads
    FsckReport check(Path data, Remembered remembered, Progress progress) throws IOException;
}
