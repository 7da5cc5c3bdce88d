package io.meshtrail.privacy;

import io.meshtrail.query.Filter;
import java.io.IOException;
import java.util.Optional;

/// Says whether something forbids to erase a subject: the port to legal holds.
@FunctionalInterface
public interface ErasureHold {
    /// Nothing is held.
    ErasureHold NONE = events -> Optional.empty();

    /// @param events finds every stored event that names the subject
    /// @return in words which hold one of these events is under; empty if none is
    Optional<String> on(Filter events) throws IOException;
}
