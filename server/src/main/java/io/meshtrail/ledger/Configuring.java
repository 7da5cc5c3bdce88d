package io.meshtrail.ledger;

import io.meshtrail.host.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Applies what is configured of ledgers and routes, at the start and later: `root` is told first, then
/// it holds. So no event goes a way that is not on record.
final class Configuring {
    private final Disk disk;
    private final Path state;
    private final OpenLedgers ledgers;
    private final Preparation preparation;
    private final Publisher publisher;
    private final RootRecorder root;
    private ToldConfiguration told;

    /// @param told what `root` has on record
    Configuring(
            Disk disk,
            Path state,
            ToldConfiguration told,
            OpenLedgers ledgers,
            Preparation preparation,
            Publisher publisher,
            RootRecorder root) {
        this.disk = disk;
        this.state = state;
        this.told = told;
        this.ledgers = ledgers;
        this.preparation = preparation;
        this.publisher = publisher;
        this.root = root;
    }

    /// Tells `root` what the start has brought: new ledgers, other terms, other routes.
    synchronized void announce() throws IOException, InterruptedException {
        // A crash may have come between an entry in root and our memory of it: then the journal still has
        // it.
        Set<String> openings = Openings.toldIn(
                ledgers.named(LedgerSettings.ROOT).orElseThrow(() -> new IllegalStateException("no ledger root")));
        for (LedgerView view : ledgers.views()) {
            if (told.retention(view.name()).isEmpty() && !openings.contains(view.name())) {
                root.opened(view.ledger());
            }
            tellRetention(view.ledger().settings());
        }
        tellRoutes(preparation.router());
        remember();
    }

    /// @return the ledgers that are new
    synchronized List<String> apply(List<LedgerSettings> settings, Router router)
            throws IOException, InterruptedException {
        checkTargets(settings, router);
        List<String> opened = new ArrayList<>();
        for (LedgerSettings each : settings) {
            if (ledgers.named(each.name()).isEmpty()) {
                // A crash from here on leaves a ledger of size 0 that root may not know: the next start
                // tells it.
                ledgers.open(each, List.of());
                publisher.publish();
                opened.add(each.name());
            }
            Ledger ledger = ledgers.named(each.name()).orElseThrow().ledger();
            if (told.retention(each.name()).isEmpty()) {
                root.opened(ledger);
            }
            tellRetention(each);
            ledger.configure(each);
        }
        tellRoutes(router);
        remember();
        preparation.route(router);
        return opened;
    }

    private void checkTargets(List<LedgerSettings> settings, Router router) {
        for (String target : router.targets()) {
            boolean configured = settings.stream().anyMatch(each -> each.name().equals(target));
            if (!configured && ledgers.named(target).isEmpty()) {
                throw new IllegalArgumentException("a route leads to ledger '" + target + "', which does not exist");
            }
        }
    }

    private void tellRetention(LedgerSettings settings) throws IOException, InterruptedException {
        Optional<Duration> before = told.retention(settings.name());
        if (before.isPresent() && !before.orElseThrow().equals(settings.retention())) {
            root.retention(settings.name(), before.orElseThrow(), settings.retention());
        }
        told = told.with(settings.name(), settings.retention());
    }

    private void tellRoutes(Router router) throws IOException, InterruptedException {
        if (!told.routes().equals(router.text())) {
            root.routes(told.routes(), router.text());
            told = told.withRoutes(router.text());
        }
    }

    /// A crash before this leaves a memory that is older than root: the next start says again what it
    /// says already.
    private void remember() throws IOException {
        told.write(disk, state);
    }
}
