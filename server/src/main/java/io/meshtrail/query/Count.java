package io.meshtrail.query;

/// How many events match. Each report of a call is one, as in lists of events.
///
/// @param exact false if some could not be counted: then there are at least so many
public record Count(long value, boolean exact, Coverage coverage) {}
