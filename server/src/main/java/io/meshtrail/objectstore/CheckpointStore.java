package io.meshtrail.objectstore;

import java.io.IOException;
import java.util.Optional;

/// Remembers the last signed checkpoint of each ledger, apart from the data, so that restoring an old copy of
/// the data
/// cannot make a ledger forget what it has signed.
public interface CheckpointStore {
    /// The last signed checkpoint, verbatim.
    Optional<byte[]> last(String ledger) throws IOException;

    /// Replaces the last checkpoint, durably, if it is still the expected one.
    ///
    /// @throws CheckpointConflictException if it is another one: somebody else signs for this ledger
    /// @throws IOException if the store refuses; the next checkpoint may be in it all the same
    void compareAndSet(String ledger, Optional<byte[]> expected, byte[] next) throws IOException;
}
