package io.meshtrail.event;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Where receivers hand events in: the door of the ledger.
public interface EventSink {
    /// Takes the events of one request, in order. Never blocks.
    ///
    /// The future completes with a [Receipt] once every event is durable, or with a [Pushback] if nothing at
    /// all
    /// was
    /// taken. It completes exceptionally only if the ledger has stopped; then some of the events may be
    /// durable.
    CompletableFuture<Answer> append(List<Submission> events);

    /// What the sender gets.
    sealed interface Answer permits Receipt, Pushback {}
}
