package io.meshtrail.app;

import io.meshtrail.api.PolicyRoutes;
import io.meshtrail.change.DescribingSink;
import io.meshtrail.event.EventSink;
import io.meshtrail.objectstore.ObjectStore;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.story.LedgerObjects;
import io.meshtrail.story.Payloads;
import io.meshtrail.story.PoliciesInForce;
import io.meshtrail.story.PolicyEffect;
import io.meshtrail.story.PolicyStory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/// Wires the differences of changes: before the ledger's door they are compared with what the ledger has.
final class Changes implements AutoCloseable {
    private final QueryEngine queries;
    private final LedgerObjects past;
    private final LongSupplier now;

    /// One thread: changes are described in the order in which they come. A platform thread, for searches
    /// wait in native calls.
    private final ExecutorService describing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("changes").factory());

    Changes(QueryEngine queries, ObjectStore blobs, LongSupplier now) {
        this.queries = queries;
        this.now = now;
        this.past = new LedgerObjects(queries, new Payloads(blobs::get), now);
    }

    /// The door through which changes of all sources go.
    EventSink sink(EventSink ledger) {
        return new DescribingSink(ledger, past, describing);
    }

    /// What is joined to single events.
    PolicyStory story() {
        return new PolicyStory(queries, past);
    }

    /// What was in force, and what a change did.
    PolicyRoutes routes() {
        return new PolicyRoutes(inForce(), new PolicyEffect(queries, past), now);
    }

    PoliciesInForce inForce() {
        return new PoliciesInForce(queries, past);
    }

    @Override
    public void close() {
        describing.shutdown();
    }
}
