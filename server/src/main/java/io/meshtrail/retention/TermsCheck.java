package io.meshtrail.retention;

import io.meshtrail.ledger.ClassOnRecord;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.ledger.RetentionHistory;
import io.meshtrail.ledger.RootRecorder;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Holds the configured terms against those that `root` has on record, and puts changes on record.
final class TermsCheck {
    private static final String COMPLIANCE = "compliance";

    private final RetentionHistory history;
    private final RetentionSettings settings;

    TermsCheck(RetentionHistory history, RetentionSettings settings) {
        this.history = history;
        this.settings = settings;
    }

    /// In compliance mode, refuses what would shorten a term or leave the mode.
    ///
    /// @throws IllegalArgumentException naming ledger or class, the term that is configured and the one on record
    void require(Collection<LedgerSettings> ledgers) {
        if (history.isCompliance() && !settings.compliance()) {
            throw new IllegalArgumentException(
                    "retention.mode cannot become normal: root has compliance mode on record, and it cannot be left");
        }
        if (!settings.compliance()) {
            return;
        }
        for (LedgerSettings ledger : ledgers) {
            Optional<Duration> longest = history.longestTerm(ledger.name());
            if (longest.isPresent() && ledger.retention().compareTo(longest.get()) < 0) {
                throw new IllegalArgumentException("ledger " + ledger.name() + ": retention " + ledger.retention()
                        + " is shorter than " + longest.get()
                        + ", which root has on record; in compliance mode a term cannot be shortened");
            }
        }
        history.classes().forEach(this::require);
    }

    private void require(String name, ClassOnRecord before) {
        Optional<RetentionClass> now = named(name);
        if (now.isEmpty()) {
            throw new IllegalArgumentException("retention.classes: class " + name
                    + " is gone, which root has on record; in compliance mode it must stay");
        }
        if (!now.get().query().equals(before.query()) || now.get().term().compareTo(before.longest()) < 0) {
            throw new IllegalArgumentException("retention.classes: class " + name + " is '"
                    + now.get().query() + "' for " + now.get().term() + "; root has '" + before.query() + "' for "
                    + before.longest() + " on record, and in compliance mode it cannot be narrowed");
        }
    }

    private Optional<RetentionClass> named(String name) {
        return settings.classes().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    /// Puts on record what is not yet. The stations must run; ledgers say their terms themselves.
    void record(RootRecorder root) throws IOException, InterruptedException {
        if (settings.compliance() && !history.isCompliance()) {
            root.acted("terms", "", Map.of("mode", COMPLIANCE));
        }
        for (RetentionClass each : settings.classes()) {
            Optional<ClassOnRecord> before =
                    Optional.ofNullable(history.classes().get(each.name()));
            if (before.filter(known ->
                            known.query().equals(each.query()) && known.term().equals(each.term()))
                    .isEmpty()) {
                root.acted(
                        "terms",
                        "",
                        Map.of(
                                "class", each.name(),
                                "query", each.query(),
                                "retention", each.term().toString(),
                                "mode", settings.compliance() ? COMPLIANCE : "normal"));
            }
        }
        if (!history.approvers().equals(settings.approvers())) {
            String keys = settings.approvers().stream().map(Object::toString).collect(Collectors.joining("\n"));
            root.acted("approvers", "", Map.of("keys", keys));
        }
    }
}
