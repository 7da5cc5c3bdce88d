package io.meshtrail.app;

import io.meshtrail.engine.TableEngine;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.journal.file.FileJournal;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.LedgerSet;
import io.meshtrail.ledger.fsck.Finding;
import io.meshtrail.ledger.fsck.ScrubStation;
import io.meshtrail.segment.SegmentFiles;
import io.meshtrail.segment.SegmentRows;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The background scrub: its station, its metrics and its alarm.
final class Scrubbing {
    private final ScrubStation scrub;
    private final RetryingStation station;

    Scrubbing(Host host, Path data, TableEngine engine, LedgerSet ledgers, ScrubConfig config) {
        SegmentRows rows = new SegmentRows(engine, new SegmentFiles(data));
        scrub = new ScrubStation(
                host,
                data,
                (segment, visitor) -> rows.visit(segment, visitor::entry),
                name -> FileJournal.inspect(host.disk(), data.resolve("journal").resolve(name)),
                ledgers.root(),
                config.settings());
        station = new RetryingStation("scrub", scrub, host::elapsed);
    }

    Station station() {
        return station;
    }

    /// `meshtrail_scrub_…`: alarm on `findings > 0`.
    void measure(MeterRegistry metrics, LedgerSet ledgers) {
        Gauge.builder("meshtrail_scrub_findings", scrub, each -> each.findings().size())
                .description("What the background check found damaged; 0 is good")
                .register(metrics);
        Gauge.builder("meshtrail_scrub_passes", scrub, ScrubStation::passes)
                .description("Finished passes since the start")
                .register(metrics);
        for (LedgerReader ledger : ledgers.all()) {
            Gauge.builder(
                            "meshtrail_scrub_verified_timestamp_seconds",
                            scrub,
                            each -> each.verifiedAt(ledger.name()).orElse(0L) / 1e9)
                    .description("When a ledger was last read whole and found sound; 0 if not since the start")
                    .tag("ledger", ledger.name())
                    .register(metrics);
        }
    }

    /// A server with damaged rows still takes events and answers for the rest, saying what is missing; so
    /// it stays ready. The alarm is the metric, the log and `root`.
    Optional<Long> verifiedAt(String ledger) {
        return scrub.verifiedAt(ledger);
    }

    long passes() {
        return scrub.passes();
    }

    List<Finding> findings() {
        return scrub.findings();
    }

    /// Why it does not get on at the moment, if so.
    Optional<String> trouble() {
        return station.trouble();
    }
}
