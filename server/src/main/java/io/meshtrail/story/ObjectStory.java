package io.meshtrail.story;

import io.meshtrail.change.Base;
import io.meshtrail.change.ObjectKey;
import io.meshtrail.change.ObjectState;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.query.Hit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// What objects looked like: before and after a change, and at the moment of a verdict.
final class ObjectStory {
    private final LedgerObjects objects;

    ObjectStory(LedgerObjects objects) {
        this.objects = objects;
    }

    /// `before` and `after` of a change, each as far as it is known.
    SequencedMap<String, Object> of(Hit change) {
        SequencedMap<String, Object> derived = new LinkedHashMap<>();
        List<SeenState> after = objects.states(change);
        if (after.size() != 1) {
            return derived;
        }
        ObjectState state = after.getFirst().state();
        LedgerObjects.Seen seen = objects.seen(state.key(), EventTime.of(change.event()));
        Optional<Base> base =
                Base.before(state, seen.states().stream().map(SeenState::known).toList());
        base.ifPresent(found -> derived.put("before", before(found, seen)));
        if (state.object().isPresent() && !state.isGone()) {
            SequencedMap<String, Object> shown = after.getFirst().toMap(state.object());
            shown.put("basis", inWords(state));
            derived.put("after", shown);
        }
        return derived;
    }

    private static SequencedMap<String, Object> before(Base base, LedgerObjects.Seen seen) {
        ObjectState state = base.state().state();
        SeenState at = seen.states().stream()
                .filter(each -> each.known().equals(base.state()))
                .findFirst()
                .orElseThrow();
        if (state.isGone()) {
            SequencedMap<String, Object> gone = at.toMap();
            gone.put("basis", "it had been deleted");
            return gone;
        }
        SequencedMap<String, Object> shown = at.toMap(state.object());
        shown.put("basis", inWords(state) + ", by the last change seen before this one");
        if (!base.isDirect()) {
            shown.put("uncertainty", "a later change was recorded without the object");
        } else if (!seen.isComplete()) {
            shown.put("uncertainty", "not all of the ledger could be read");
        }
        return shown;
    }

    /// An object as it was at the moment of an event, by the last change before that event.
    Optional<SequencedMap<String, Object>> at(AuditEvent event, PolicyChange change) {
        Optional<ObjectKey> key = ObjectKey.of(change.hit().event());
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Optional<SeenState> state =
                latest(objects.seen(key.get(), EventTime.of(event)).states());
        if (state.isEmpty()) {
            return Optional.empty();
        }
        SequencedMap<String, Object> shown =
                state.get().toMap(state.get().state().object());
        shown.put("basis", inWords(state.get().state()) + ", " + change.basis());
        boolean older = !state.get().hit().address().equals(change.hit().address());
        shown.put(
                "uncertainty",
                older
                        ? "the last change, " + change.hit().address() + ", does not show the object; "
                                + change.uncertainty()
                        : change.uncertainty());
        return Optional.of(shown);
    }

    /// The last of some states that tells what the object was.
    static Optional<SeenState> latest(List<SeenState> states) {
        Optional<SeenState> latest = Optional.empty();
        for (SeenState each : states) {
            boolean later = latest.isEmpty() || latest.get().state().isBefore(each.state());
            latest = each.tells() && later ? Optional.of(each) : latest;
        }
        return latest;
    }

    private static String inWords(ObjectState state) {
        if (state.isGone()) {
            return "deleted";
        }
        return switch (state.basis()) {
            case ANSWER -> "as the API answered";
            case REQUEST -> "as it was sent, before defaults and admission";
            case OLDER -> "as an older revision shows it";
            case NONE -> "not seen";
        };
    }

    /// Whether an event is one of those that have a state before and after.
    static boolean isChange(AuditEvent event) {
        return event.has(Field.CHANGE_VERB) && event.has(Field.OBJECT_NAME);
    }
}
