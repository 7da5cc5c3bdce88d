package io.meshtrail.change;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The last states of the objects that changed lately: a bounded copy of what the ledger has, which is
/// asked for what is not here. Several states of an object are kept, since its changes come in any order.
/// One thread.
final class KnownObjects {
    /// States of one object.
    static final int STATES = 8;

    /// What one state weighs beside its object, in characters.
    private static final int OVERHEAD = 512;

    private final PastObjects past;
    private final long mostCharacters;
    private final LinkedHashMap<ObjectKey, Remembered> objects = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    /// @param mostCharacters of all objects together, as compact JSON
    KnownObjects(PastObjects past, long mostCharacters) {
        this.past = past;
        this.mostCharacters = mostCharacters;
    }

    /// A state with its weight, which is not worth counting twice.
    private record Weighed(KnownState known, long characters) {
        static Weighed of(KnownState known) {
            long object = known.state()
                    .object()
                    .map(shown -> (long) shown.compact().length())
                    .orElse(0L);
            return new Weighed(known, OVERHEAD + object);
        }
    }

    private record Remembered(List<Weighed> states) {
        long characters() {
            return OVERHEAD + states.stream().mapToLong(Weighed::characters).sum();
        }

        List<KnownState> known() {
            return states.stream().map(Weighed::known).toList();
        }
    }

    /// What is known of an object here, without asking the ledger.
    PastObjects.Past remembered(ObjectKey key) {
        Remembered remembered = objects.get(key);
        return new PastObjects.Past(remembered == null ? List.of() : remembered.known(), true);
    }

    /// What is known of an object here, else what the ledger has.
    PastObjects.Past of(ObjectKey key) {
        if (objects.containsKey(key)) {
            return remembered(key);
        }
        PastObjects.Past found = past.of(key, Long.MAX_VALUE);
        if (found.isComplete()) {
            put(key, found.states().stream().map(Weighed::of).toList());
        }
        return found;
    }

    /// Learns a state; of too many, the oldest goes.
    void learn(KnownState learned) {
        ObjectKey key = learned.state().key();
        Remembered remembered = objects.get(key);
        List<Weighed> states = new ArrayList<>(remembered == null ? List.of() : remembered.states());
        states.removeIf(each -> each.known().state().equals(learned.state()));
        states.add(Weighed.of(learned));
        if (states.size() > STATES) {
            states.remove(oldest(states));
        }
        put(key, states);
    }

    private static Weighed oldest(List<Weighed> states) {
        Weighed oldest = states.getFirst();
        for (Weighed each : states) {
            oldest = each.known().state().isBefore(oldest.known().state()) ? each : oldest;
        }
        return oldest;
    }

    private void put(ObjectKey key, List<Weighed> states) {
        Remembered before = objects.remove(key);
        characters -= before == null ? 0 : before.characters();
        Remembered now = new Remembered(List.copyOf(states));
        objects.put(key, now);
        characters += now.characters();
        Iterator<Map.Entry<ObjectKey, Remembered>> eldest = objects.entrySet().iterator();
        while (characters > mostCharacters && eldest.hasNext()) {
            characters -= eldest.next().getValue().characters();
            eldest.remove();
        }
    }
}
