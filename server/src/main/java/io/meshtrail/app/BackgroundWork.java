package io.meshtrail.app;

import io.meshtrail.api.Upkeep;
import io.meshtrail.ledger.fsck.Finding;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What the page and the API tell of the work in the background.
///
/// @param stuck each station's words while it does not get on
record BackgroundWork(Scrubbing scrubbing, List<Supplier<Optional<String>>> stuck) implements Upkeep {
    BackgroundWork {
        stuck = List.copyOf(stuck);
    }

    @Override
    public Optional<Long> verifiedAt(String ledger) {
        return scrubbing.verifiedAt(ledger);
    }

    @Override
    public long passes() {
        return scrubbing.passes();
    }

    @Override
    public List<String> findings() {
        return scrubbing.findings().stream().map(Finding::toString).toList();
    }

    @Override
    public List<String> troubles() {
        return Stream.concat(Stream.of(scrubbing::trouble), stuck.stream())
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .toList();
    }
}
