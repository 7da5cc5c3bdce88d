package io.meshtrail.query;

import java.util.List;
import java.util.SortedMap;

/// Counts over time, oldest bucket first, without holes.
public record Histogram(List<Bucket> buckets, Coverage coverage) {
    /// @param from nanoseconds since 1970, inclusive
    /// @param to exclusive
    /// @param counts by value; `unknown` for events without the field
    public record Bucket(long from, long to, SortedMap<String, Long> counts) {}
}
