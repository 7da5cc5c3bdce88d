package io.meshtrail.ledger;

import java.time.Duration;

/// A class of events with a term of its own, as `root` has it.
///
/// @param query what its events are like
/// @param term the last on record
/// @param longest the longest on record
public record ClassOnRecord(String query, Duration term, Duration longest) {}
