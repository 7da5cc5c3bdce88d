package io.meshtrail.event;

import java.util.List;

/// The promise that events are durable, each at its place.
///
/// @param placements one for each submission, in their order
public record Receipt(List<Placement> placements) implements EventSink.Answer {
    public Receipt {
        placements = List.copyOf(placements);
    }
}
