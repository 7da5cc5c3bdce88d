package io.meshtrail.query;

import java.util.List;

/// The most frequent values, most frequent first; equal counts in the order of the value.
///
/// @param other how often all other values occur, together
/// @param distinct how many different values there are
/// @param absent how many events have none
public record Facets(List<Value> values, long other, long distinct, long absent, Coverage coverage) {
    /// Values that are all there are, of events that all have one.
    public Facets(List<Value> values, Coverage coverage) {
        this(values, 0, values.size(), 0, coverage);
    }

    public record Value(String value, long count) {}
}
