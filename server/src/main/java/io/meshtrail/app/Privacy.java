package io.meshtrail.app;

import io.meshtrail.host.Host;
import io.meshtrail.ledger.LedgerSet;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.privacy.Subjects;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.retention.HeldSearch;
import io.meshtrail.retention.HoldDesk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// Wires erasure: the appender stores pseudonyms, questions and answers know the values.
final class Privacy {
    private Privacy() {}

    /// Opens the subject table, if there is to be one, and puts the disguise on what is stored from now on.
    static Optional<Subjects> open(
            Host host,
            Path state,
            PrivacyConfig config,
            LedgerSet ledgers,
            QueryEngine stored,
            HoldDesk holds,
            Consumer<Throwable> onFailure)
            throws IOException {
        Optional<Subjects> subjects = Subjects.open(new Subjects.Parts(
                host,
                state,
                config.subjects(),
                config.limit(),
                ledgers.named(LedgerSettings.ROOT).orElseThrow(),
                ledgers.root()::erased,
                stored,
                new HeldSearch(holds, stored)::on,
                onFailure));
        subjects.ifPresent(all -> holds.translates(all::stored));
        subjects.ifPresent(all -> ledgers.appender().disguise(all.disguise()));
        return subjects;
    }
}
