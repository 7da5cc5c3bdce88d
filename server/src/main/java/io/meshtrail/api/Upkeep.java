package io.meshtrail.api;

import java.util.List;
import java.util.Optional;

/// How the work in the background stands that keeps the ledgers in order and reads them again.
public interface Upkeep {
    /// When all that is stored of a ledger was last read again and found sound, nanoseconds since 1970; empty
    /// if not since the start.
    Optional<Long> verifiedAt(String ledger);

    /// How often everything was read again since the start.
    long passes();

    /// What the running pass has found damaged, or else the last one; one sentence each.
    List<String> findings();

    /// What does not get on at the moment, each with its station's name first. It is tried again.
    List<String> troubles();
}
