package io.meshtrail.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Work in the background that says what a test lets it say.
final class FakeUpkeep implements Upkeep {
    final Map<String, Long> verified = new HashMap<>();
    final List<String> findings = new ArrayList<>();
    final List<String> troubles = new ArrayList<>();
    long passes;

    @Override
    public Optional<Long> verifiedAt(String ledger) {
        return Optional.ofNullable(verified.get(ledger));
    }

    @Override
    public long passes() {
        return passes;
    }

    @Override
    public List<String> findings() {
        return List.copyOf(findings);
    }

    @Override
    public List<String> troubles() {
        return List.copyOf(troubles);
    }
}
