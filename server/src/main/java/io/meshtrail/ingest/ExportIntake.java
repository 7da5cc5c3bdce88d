package io.meshtrail.ingest;

import io.meshtrail.event.Pushback;
import io.meshtrail.source.Hints;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Takes the bodies of one kind of export, whichever protocol they came by.
interface ExportIntake {
    /// What became of an export.
    sealed interface Outcome {
        /// It is durable, as far as it was understood.
        ///
        /// @param rejected how many of its records were not
        /// @param reasons why, for people
        record Taken(int rejected, List<String> reasons) implements Outcome {}

        /// Nothing of it was understood.
        record Unreadable(List<String> reasons) implements Outcome {}

        /// Nothing was stored: it may come again.
        record NotNow(Pushback pushback) implements Outcome {}
    }

    /// What the format calls the records that it counts, in the name of the member of its answer:
    /// `LogRecords`.
    String records();

    /// Takes a body.
    ///
    /// @param sender the address, for records that name no producer
    CompletableFuture<Outcome> take(byte[] plain, Hints hints, String sender);
}
