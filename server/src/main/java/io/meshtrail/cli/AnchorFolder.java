package io.meshtrail.cli;

import io.meshtrail.anchor.AnchorRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a data folder tells of anchors; `app` knows with which engine and which adapters.
public interface AnchorFolder {
    /// What `root` has on record, oldest first.
    List<AnchorRecord> records(Path data) throws IOException;

    /// Checks what can be checked of a record without the network.
    ///
    /// @param ca PEM of the roots that the reader trusts
    /// @return what holds, in words
    /// @throws IOException naming what does not hold
    String check(Path data, AnchorRecord record, Optional<Path> ca) throws IOException;
}
