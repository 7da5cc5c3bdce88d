package io.meshtrail.privacy;

import io.meshtrail.event.Field;
import io.meshtrail.query.Casing;
import io.meshtrail.query.Facets;
import io.meshtrail.query.Filter;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.Search;
import io.meshtrail.query.Target;
import io.meshtrail.query.Wildcard;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// Erases subjects, one at a time: first on record, then destroyed.
public final class Erasure {
    /// More than there are kinds.
    private static final int KINDS = 1_000;

    private final SubjectTable table;
    private final FingerprintKey key;
    private final QueryEngine stored;
    private final ErasureHold hold;
    private final Recorder root;
    private final LongSupplier rootSize;

    Erasure(
            SubjectTable table,
            FingerprintKey key,
            QueryEngine stored,
            ErasureHold hold,
            Recorder root,
            LongSupplier rootSize) {
        this.table = table;
        this.key = key;
        this.stored = stored;
        this.hold = hold;
        this.root = root;
        this.rootSize = rootSize;
    }

    /// Writes an erasure into `root`.
    @FunctionalInterface
    public interface Recorder {
        /// Returns once it is durable.
        void erased(String pseudonym, List<String> fields, OptionalLong events, String reason)
                throws IOException, InterruptedException;
    }

    /// What was done.
    ///
    /// @param events how many events keep the pseudonym, if they could be counted; both reports of a call
    ///     are one
    public record Erased(Pseudonym pseudonym, List<String> fields, OptionalLong events) {}

    /// Erases the subject of a value.
    public Erased value(String value, String reason) throws ErasureRefusedException, IOException, InterruptedException {
        return pseudonym(
                table.find(value)
                        .orElseThrow(() -> new ErasureRefusedException(
                                ErasureRefusedException.Cause.UNKNOWN, "no subject has this value")),
                reason);
    }

    /// Erases a subject.
    ///
    /// @throws IOException if it is on record but could not be destroyed; the next start destroys it, and
    /// nobody is
    ///     answered about it any more
    public synchronized Erased pseudonym(Pseudonym pseudonym, String reason)
            throws ErasureRefusedException, IOException, InterruptedException {
        Subject subject = table.subject(pseudonym)
                .orElseThrow(() -> new ErasureRefusedException(
                        ErasureRefusedException.Cause.UNKNOWN,
                        table.isErased(pseudonym)
                                ? pseudonym + " was erased before"
                                : "there is no subject " + pseudonym));
        requireDiscreet(subject, reason);
        Filter events = events(subject);
        Optional<String> held = hold.on(events);
        if (held.isPresent()) {
            throw new ErasureRefusedException(ErasureRefusedException.Cause.HELD, held.orElseThrow());
        }
        OptionalLong count = count(events);
        root.erased(pseudonym.toString(), subject.fields(), count, reason);
        // A crash from here on leaves a row whose erasure is on record: the next start destroys it.
        table.destroy(pseudonym, rootSize.getAsLong());
        key.renew();
        return new Erased(pseudonym, subject.fields(), count);
    }

    /// What is on record stays on record.
    private static void requireDiscreet(Subject subject, String reason) throws ErasureRefusedException {
        if (Casing.lower(reason).contains(Casing.lower(subject.value()))) {
            throw new ErasureRefusedException(
                    ErasureRefusedException.Cause.TELLING,
                    "the reason names the subject and would stay in the ledger for ever; give the number of a request");
        }
    }

    private static Filter events(Subject subject) {
        Wildcard name = Wildcard.exactly(subject.pseudonym().toString());
        return new Filter.Or(subject.fields().stream()
                .map(field -> new Target.OfField(Field.named(field).orElseThrow()))
                .<Filter>map(target -> new Filter.Text(target, target.ignoresCase() ? lowered(name) : name))
                .toList());
    }

    private static Wildcard lowered(Wildcard name) {
        return Wildcard.exactly(Casing.lower(name.first()));
    }

    private OptionalLong count(Filter events) {
        try {
            Facets kinds = stored.facets(new Search(events, Long.MIN_VALUE, Long.MAX_VALUE), Field.KIND.key(), KINDS);
            return kinds.coverage().complete()
                    ? OptionalLong.of(kinds.values().stream()
                            .mapToLong(Facets.Value::count)
                            .sum())
                    : OptionalLong.empty();
        } catch (QueryException impossible) {
            throw new IllegalStateException("kind is a field", impossible);
        }
    }
}
