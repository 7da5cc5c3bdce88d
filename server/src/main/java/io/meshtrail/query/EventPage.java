package io.meshtrail.query;

import java.util.List;
import java.util.Optional;

/// A page of events.
///
/// @param next the cursor of the next page; empty on the last
public record EventPage(List<Hit> hits, Optional<String> next, Coverage coverage) {}
