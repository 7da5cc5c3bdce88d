package io.meshtrail.cli;

import io.meshtrail.ledger.fsck.FsckReport;
import io.meshtrail.ledger.fsck.Progress;
import java.io.IOException;
import java.nio.file.Path;

/// Checks a data folder; `app` knows with which engine.
public interface DataFolderCheck {
    FsckReport check(Path data, Progress progress) throws IOException;
}
