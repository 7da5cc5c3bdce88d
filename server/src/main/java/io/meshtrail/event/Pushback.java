package io.meshtrail.event;

import java.time.Duration;

/// "Not now": nothing was stored.
///
/// @param reason for people: what is full or stopped
/// @param retryAfter when it makes sense to come again
public record Pushback(String reason, Duration retryAfter) implements EventSink.Answer {}
