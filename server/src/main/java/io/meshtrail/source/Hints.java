package io.meshtrail.source;

import java.util.Optional;

/// What the sender said beside the body (query parameters), to fill what the input cannot know, and when it
/// arrived.
///
/// @param received nanoseconds since 1970: the clock of the receiver, for records without a time and for
///     judging
///     claims
public record Hints(
        Optional<String> cluster,
        Optional<String> namespace,
        Optional<String> workload,
        Optional<String> observer,
        Optional<String> mesh,
        long received) {
    /// Nothing is known but the time of arrival.
    public static Hints none(long received) {
        return new Hints(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), received);
    }
}
