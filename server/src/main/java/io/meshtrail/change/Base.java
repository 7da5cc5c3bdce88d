package io.meshtrail.change;

import java.util.List;
import java.util.Optional;

/// What a change is compared with: of the states before it, the last one.
///
/// @param state the last one that shows the object
/// @param isDirect whether no change lies between that is known and was not seen whole
public record Base(KnownState state, boolean isDirect) {
    /// The state to compare a change with, if one is known.
    public static Optional<Base> before(ObjectState change, List<KnownState> known) {
        Optional<KnownState> last = Optional.empty();
        Optional<KnownState> lastShown = Optional.empty();
        for (KnownState each : known) {
            ObjectState state = each.state();
            if (state.isRepetitionOf(change) || !comesBefore(state, change)) {
                continue;
            }
            last = later(last, each);
            if (state.object().isPresent() || state.isGone()) {
                lastShown = later(lastShown, each);
            }
        }
        boolean direct = last.equals(lastShown);
        return lastShown.map(state -> new Base(state, direct));
    }

    /// A write that changed nothing has the revision of the one before it.
    private static boolean comesBefore(ObjectState state, ObjectState change) {
        return state.isBefore(change) || (state.isRevisionOf(change) && state.time() <= change.time());
    }

    private static Optional<KnownState> later(Optional<KnownState> one, KnownState other) {
        return one.isPresent() && other.state().isBefore(one.get().state()) ? one : Optional.of(other);
    }
}
