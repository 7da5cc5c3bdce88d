package io.meshtrail.query;

import java.util.List;

/// The most frequent values, most frequent first; equal counts in the order of the value.
public record Facets(List<Value> values, Coverage coverage) {
    public record Value(String value, long count) {}
}
