package io.meshtrail.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether ingest and search work, and why not.
///
/// @param checks each gives a sentence while something is wrong
public record Readiness(List<Supplier<Optional<String>>> checks) {
    public Readiness {
        checks = List.copyOf(checks);
    }

    /// Why the server is not ready; empty if it is.
    public List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        for (Supplier<Optional<String>> check : checks) {
            check.get().ifPresent(reasons::add);
        }
        return reasons;
    }
}
