package io.meshtrail.cli;

import io.meshtrail.ledger.Closing;
import io.meshtrail.proof.TlogPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// Recovers data folders after a loss; `app` knows with which adapters.
public interface DataFolderRecovery {
    /// @param policy the witnesses that are asked what they remember
    /// @param err told of witnesses that cannot be asked
    /// @return what was closed
    List<Closing> recover(Path data, Path state, String reason, TlogPolicy policy, PrintWriter err) throws IOException;
}
