package io.meshtrail.privacy;

import io.meshtrail.host.Host;
import io.meshtrail.ledger.Disguise;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.query.Filter;
import io.meshtrail.query.QueryEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// All that erasure is made of, over one state folder.
public final class Subjects implements AutoCloseable {
    private static final String TABLE = "subjects";
    private static final String KEY = "fingerprint.key";

    private final SubjectTable table;
    private final SubjectView view;
    private final EventDisguise disguise;
    private final Erasure erasure;
    private final QueryEngine queries;

    private Subjects(
            SubjectTable table, SubjectView view, EventDisguise disguise, Erasure erasure, QueryEngine queries) {
        this.table = table;
        this.view = view;
        this.disguise = disguise;
        this.erasure = erasure;
        this.queries = queries;
    }

    /// What it is made of.
    ///
    /// @param state the state folder
    /// @param fields whose values are replaced; none if new events are stored as they come
    /// @param limit the most subjects
    /// @param root the ledger `root`
    /// @param recorder writes into it
    /// @param stored answers from what is stored
    /// @param onFailure told if the table's disk can no longer be trusted
    public record Parts(
            Host host,
            Path state,
            List<SubjectField> fields,
            int limit,
            LedgerReader root,
            Erasure.Recorder recorder,
            QueryEngine stored,
            ErasureHold hold,
            Consumer<Throwable> onFailure) {}

    /// Opens the table if fields are named or if there is one from the time when some were; else empty.
    public static Optional<Subjects> open(Parts parts) throws IOException {
        Path file = parts.state().resolve(TABLE);
        if (parts.fields().isEmpty() && !parts.host().disk().exists(file)) {
            return Optional.empty();
        }
        FingerprintKey key = FingerprintKey.open(parts.host(), parts.state().resolve(KEY));
        SubjectTable table =
                SubjectTable.open(parts.host(), file, new RootErasures(parts.root()), parts.limit(), parts.onFailure());
        SubjectView view = new SubjectView(table);
        Erasure erasure = new Erasure(table, key, parts.stored(), parts.hold(), parts.recorder(), parts.root()::size);
        return Optional.of(new Subjects(
                table,
                view,
                new EventDisguise(table, key, parts.fields()),
                erasure,
                new SubjectQueries(parts.stored(), table, view)));
    }

    public SubjectTable table() {
        return table;
    }

    public SubjectView view() {
        return view;
    }

    public Disguise disguise() {
        return disguise;
    }

    public Erasure erasure() {
        return erasure;
    }

    /// What people ask, asked about stored events; empty if it cannot be said in full.
    public Optional<Filter> stored(Filter filter) {
        FilterTranslation translation = new FilterTranslation(table);
        Filter translated = translation.of(filter);
        return translation.incomplete().isEmpty() ? Optional.of(translated) : Optional.empty();
    }

    /// Answers that name people, from questions that do.
    public QueryEngine queries() {
        return queries;
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
