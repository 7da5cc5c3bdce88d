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

    private record Remembered(List<KnownState> states, long characters) {}

    /// What is known of an object here, without asking the ledger.
    PastObjects.Past remembered(ObjectKey key) {
        Remembered remembered = objects.get(key);
        return new PastObjects.Past(remembered == null ? List.of() : remembered.states(), true);
    }

    /// What is known of an object here, else what the ledger has.
    PastObjects.Past of(ObjectKey key) {
        if (objects.containsKey(key)) {
            return remembered(key);
        }
        PastObjects.Past found = past.of(key, Long.MAX_VALUE);
        if (found.isComplete()) {
            put(key, found.states());
        }
        return found;
    }

    /// Learns a state; of too many, the oldest goes.
    void learn(KnownState learned) {
        ObjectKey key = learned.state().key();
        Remembered remembered = objects.get(key);
        List<KnownState> states = remembered == null ? new ArrayList<>() : new ArrayList<>(remembered.states());
        states.removeIf(known -> known.state().equals(learned.state()));
        states.add(learned);
        if (states.size() > STATES) {
            states.remove(oldest(states));
        }
        put(key, states);
    }

    private static KnownState oldest(List<KnownState> states) {
        KnownState oldest = states.getFirst();
        for (KnownState each : states) {
            oldest = each.state().isBefore(oldest.state()) ? each : oldest;
        }
        return oldest;
    }

    private void put(ObjectKey key, List<KnownState> states) {
        Remembered before = objects.remove(key);
        characters -= before == null ? 0 : before.characters();
        long weight = OVERHEAD;
        for (KnownState each : states) {
            weight += OVERHEAD
                    + each.state()
                            .object()
                            .map(object -> object.compact().length())
                            .orElse(0);
        }
        objects.put(key, new Remembered(List.copyOf(states), weight));
        characters += weight;
        Iterator<Map.Entry<ObjectKey, Remembered>> eldest = objects.entrySet().iterator();
        while (characters > mostCharacters && eldest.hasNext()) {
            characters -= eldest.next().getValue().characters();
            eldest.remove();
        }
    }
}
