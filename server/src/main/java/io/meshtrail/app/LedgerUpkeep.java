package io.meshtrail.app;

import io.meshtrail.host.Host;
import io.meshtrail.index.HotIndex;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.LedgerSet;
import io.meshtrail.retention.Retention;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/// Ledgers and routes that change while the server runs, wired.
final class LedgerUpkeep {
    private LedgerUpkeep() {}

    /// Lets the index expect what the ledgers hold.
    static void expect(HotIndex index, LedgerSet set) {
        for (LedgerReader ledger : set.all()) {
            index.expect(ledger.name(), ledger.size());
        }
    }

    /// The station that watches the configuration file, if there is one.
    static Optional<ConfigWatch> watch(
            Host host,
            Optional<ConfigFile> file,
            ServerConfig config,
            LedgerSet set,
            HotIndex index,
            Retention retention) {
        return file.map(each -> new ConfigWatch(host, each, config, changed -> {
            retention.require(changed.ledgers());
            for (String opened : set.configure(changed.ledgers(), changed.router())) {
                index.expect(opened, 0);
            }
        }));
    }

    static void measure(Optional<ConfigWatch> watch, MeterRegistry metrics) {
        watch.ifPresent(
                station -> Gauge.builder("meshtrail.configuration.refused", station, each -> each.isRefused() ? 1 : 0)
                        .description("1 while the configuration file is not in order and therefore not applied")
                        .register(metrics));
    }
}
