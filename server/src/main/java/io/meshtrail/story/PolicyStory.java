package io.meshtrail.story;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryEngine;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Tells of one event which change of a policy it may rest on, and where the other side of the call
/// reported it. Any thread.
public final class PolicyStory {
    private final LastChange lastChange;
    private final OtherSide otherSide;

    public PolicyStory(QueryEngine engine) {
        this.lastChange = new LastChange(engine);
        this.otherSide = new OtherSide(engine);
    }

    /// What is joined, for the answer's `derived`: `policy.change`, a map of texts with `address`, `time`,
    /// `user.id`, `change.verb`, `change.summary` (as far as known), `basis` and `uncertainty`; and
    /// `other_side`, an address. Empty if there is nothing.
    public SequencedMap<String, Object> derived(Address address, AuditEvent event) {
        SequencedMap<String, Object> derived = new LinkedHashMap<>();
        lastChange.before(event).ifPresent(change -> derived.put("policy.change", change.toMap()));
        otherSide.of(address, event).map(Hit::address).ifPresent(other -> derived.put("other_side", other.toString()));
        return derived;
    }
}
