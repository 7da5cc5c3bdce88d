package io.meshtrail.query;

import io.meshtrail.event.Address;
import io.meshtrail.event.Field;
import java.util.Optional;

/// Answers queries over everything that is searchable. Any thread; every answer says what it covers.
public interface QueryEngine {
    /// Events, newest first by (time, address).
    ///
    /// @param limit 1 to 10,000
    /// @param after the cursor of the page before; empty for the first page
    /// @throws QueryException if the cursor is none of ours
    EventPage events(Search search, int limit, Optional<String> after) throws QueryException;

    /// One event by its address, from the searchable rows; empty if it is not among them.
    Optional<Hit> event(Address address);

    /// Counts over time.
    ///
    /// @param buckets 1 to 1,000
    /// @param by a field whose values are counted apart (the most frequent ones; the rest as `other`)
    Histogram histogram(Search search, int buckets, Field by);

    /// The most frequent values of a field or attribute, with counts.
    ///
    /// @param field a field's name, `attributes.<name>` or `ledger`
    Facets facets(Search search, String field, int limit) throws QueryException;

    /// How many events match: from the newest on, as many as can be counted within a few seconds.
    Count count(Search search);

    /// The values that contain a text, in any case, among the newest events of a search; those that begin with it
    /// first, then the most frequent. A guess in a moment, for whoever is typing: older events are not looked at.
    ///
    /// @param field a field's name, `attributes.<name>` or `ledger`
    /// @param part empty for any value
    Facets recent(Search search, String field, String part, int limit) throws QueryException;

    /// Who called whom.
    Graph graph(Search search);
}
