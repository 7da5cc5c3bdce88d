package io.meshtrail.counter;

/// One value of one counter.
///
/// @param proxy whose it is, as [ProxyName] has it
/// @param series tells the counters apart that count the same: name and labels
/// @param value since the proxy started, or, if it is a delta, since the last report
/// @param time when it was read, by the reader's clock, nanoseconds since 1970; 0 if it is not said
public record Reading(String proxy, Counted what, String series, double value, boolean delta, long time) {}
