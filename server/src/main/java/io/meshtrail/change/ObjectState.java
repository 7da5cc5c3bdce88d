package io.meshtrail.change;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Timestamp;
import io.meshtrail.json.Json;
import java.util.Optional;
import java.util.OptionalLong;

/// The state of one object after one change, as the event of that change shows it.
///
/// @param object without what the server keeps for itself; of a deletion the last one, if the event has it
/// @param basis where the object was taken from; [Basis#NONE] exactly if there is none
/// @param isGone whether the object no longer exists after this change
/// @param uid of the object; empty if unknown. One that was deleted and made again has another
/// @param revision as the API counts; empty if unknown
/// @param time when the change was made, in nanoseconds since 1970, by the clock of the API
/// @param request which request made it; empty if unknown
public record ObjectState(
        ObjectKey key,
        Optional<Json> object,
        Basis basis,
        boolean isGone,
        String uid,
        String revision,
        long time,
        String request) {
    public ObjectState {
        if (object.isEmpty() != (basis == Basis.NONE)) {
            throw new IllegalArgumentException("an object without basis or a basis without object: " + basis);
        }
    }

    /// A state of the object that an event is about.
    static ObjectState of(AuditEvent event, ObjectKey key, Optional<Json> object, Basis basis, boolean isGone) {
        return new ObjectState(
                key,
                object.map(Noise::without),
                object.isEmpty() ? Basis.NONE : basis,
                isGone,
                event.text(Field.OBJECT_UID).orElse(""),
                event.text(Field.OBJECT_REVISION).orElse(""),
                time(event),
                event.text(Field.REQUEST_ID).orElse(""));
    }

    /// What the API claimed, also where it is not believed: among its own claims it tells the order.
    static long time(AuditEvent event) {
        OptionalLong claimed = Timestamp.parse(event.attributes().getOrDefault("claimed_time", ""));
        OptionalLong time = claimed.isPresent() ? claimed : event.number(Field.TIME);
        return time.isPresent()
                ? time.getAsLong()
                : event.number(Field.RECEIVED).orElse(0);
    }

    /// Whether this state came before another of the same object. Revisions tell where both are numbers;
    /// the times of two requests may lie in the wrong order.
    public boolean isBefore(ObjectState other) {
        OptionalLong mine = number();
        OptionalLong others = other.number();
        if (mine.isPresent() && others.isPresent() && mine.getAsLong() != others.getAsLong()) {
            return mine.getAsLong() < others.getAsLong();
        }
        return time < other.time;
    }

    /// Whether both are known to be the same revision.
    public boolean isRevisionOf(ObjectState other) {
        return !revision.isEmpty() && revision.equals(other.revision) && !isGone && !other.isGone;
    }

    /// Whether both come from the same request, told twice.
    boolean isRepetitionOf(ObjectState other) {
        return !request.isEmpty() && request.equals(other.request) && time == other.time;
    }

    /// Consul's index goes back when its state is restored, and its changes are seen in their order anyway.
    private OptionalLong number() {
        if (key.source().equals("consul") || revision.isEmpty() || revision.length() > 18) {
            return OptionalLong.empty();
        }
        for (int i = 0; i < revision.length(); i++) {
            if (revision.charAt(i) < '0' || revision.charAt(i) > '9') {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(Long.parseLong(revision));
    }
}
