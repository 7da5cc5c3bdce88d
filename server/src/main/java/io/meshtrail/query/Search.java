package io.meshtrail.query;

/// A question: a filter and a range of event time.
///
/// @param filter what must hold; [Filter.Everything] for all
/// @param from nanoseconds since 1970, inclusive; Long.MIN_VALUE for no limit
/// @param to exclusive; Long.MAX_VALUE for no limit
public record Search(Filter filter, long from, long to) {}
