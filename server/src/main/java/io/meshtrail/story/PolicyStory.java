package io.meshtrail.story;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryEngine;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Tells of one event which change of a policy it may rest on, what that policy was, what an object was
/// before and after a change, and where the other side of a call reported it. Any thread.
public final class PolicyStory {
    private final LastChange lastChange;
    private final OtherSide otherSide;
    private final OtherLine otherLine;
    private final ObjectStory objects;
    private final IntentionInForce intention;

    public PolicyStory(QueryEngine engine, LedgerObjects objects) {
        this.lastChange = new LastChange(engine);
        this.otherSide = new OtherSide(engine);
        this.otherLine = new OtherLine(engine);
        this.objects = new ObjectStory(objects);
        this.intention = new IntentionInForce(engine, objects);
    }

    /// What is joined, for the answer's `derived`; each part as far as it is known:
    ///
    /// * `policy.change`, a map of texts with `address`, `time`, `user.id`, `change.verb`,
    ///   `change.summary`, `basis` and `uncertainty`;
    /// * `policy.in_force` and, in Consul, `intention.in_force`: the object as it was, with `address`,
    ///   `time`, `user.id`, `object.*`, `object`, `basis` and `uncertainty`;
    /// * of a change, `before` and `after`, alike;
    /// * `other_side`, an address; `other_line`, a map with `address`, `basis` and `uncertainty`.
    public SequencedMap<String, Object> derived(Address address, AuditEvent event) {
        SequencedMap<String, Object> derived = new LinkedHashMap<>();
        if (ObjectStory.isChange(event)) {
            derived.putAll(objects.of(new Hit(address, event)));
        }
        Optional<PolicyChange> change = lastChange.before(event);
        change.ifPresent(found -> derived.put("policy.change", found.toMap()));
        if (event.has(Field.POLICY_NAME)) {
            change.flatMap(found -> objects.at(event, found))
                    .ifPresent(policy -> derived.put("policy.in_force", policy));
        }
        intention.of(event).ifPresent(found -> derived.put("intention.in_force", found));
        otherSide.of(address, event).map(Hit::address).ifPresent(other -> derived.put("other_side", other.toString()));
        otherLine.of(address, event).ifPresent(other -> derived.put("other_line", other));
        return derived;
    }
}
