package io.meshtrail.watch.consul;

import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of one list, and the rules by which an answer is believed. One thread.
///
/// A question that returns need not mean a change, and several changes may have become one. An index that
/// goes back means that Consul's state was restored: then the list is read once more before anything absent
/// counts as gone.
final class WatchedList {
    private final Watchable list;
    private final Map<String, Entry> known;
    private long index;
    private boolean isFirst;
    private boolean mustConfirm;
    private boolean isAfterReset;
    private Optional<Long> since;

    /// @param known the objects of this list that the ledger has; empty at the very first start
    /// @param since when they were read last, as far as is known
    WatchedList(Watchable list, List<Entry> known, Optional<Long> since) {
        this.list = list;
        this.known = new LinkedHashMap<>();
        known.forEach(entry -> this.known.put(entry.key(), entry));
        this.isFirst = known.isEmpty();
        this.since = since;
    }

    /// What to make of an answer.
    sealed interface Reading {}

    /// It tells these changes; [WatchedList#accept] them once they are durable.
    record Changes(List<Change> changes, boolean isFiltered) implements Reading {}

    /// It tells nothing, and the list is to be asked again.
    record Again(String why) implements Reading {}

    Watchable list() {
        return list;
    }

    /// From which index on to ask; 0 for at once.
    long index() {
        return mustConfirm ? 0 : index;
    }

    Reading read(ConsulApi.Answer answer) {
        if (!answer.hasLeader()) {
            return new Again("Consul has no leader");
        }
        if (answer.status() != 200) {
            return new Again("status " + answer.status());
        }
        Optional<Map<String, Entry>> now = entries(answer.body());
        if (now.isEmpty()) {
            return new Again("the answer is not JSON");
        }
        // Only an index that went back is a reset; a first answer has nothing to go back from.
        if (answer.index() < index && !mustConfirm) {
            mustConfirm = true;
            isAfterReset = true;
            return new Again("the index went back from " + index + " to " + answer.index());
        }
        mustConfirm = false;
        index = Math.max(1, answer.index());
        return new Changes(changes(now.get(), answer.isFiltered()), answer.isFiltered());
    }

    private List<Change> changes(Map<String, Entry> now, boolean isFiltered) {
        List<Change> changes = new ArrayList<>();
        now.forEach((key, entry) -> {
            Entry before = known.get(key);
            if (before == null) {
                changes.add(change(entry, isFirst ? "observe" : "create", false));
            } else if (!before.modified().equals(entry.modified())) {
                changes.add(change(entry, "update", isRecreated(before, entry)));
            }
        });
        if (!isFiltered) {
            known.forEach((key, entry) -> {
                if (!now.containsKey(key)) {
                    changes.add(change(entry, "delete", false));
                }
            });
        }
        return changes;
    }

    /// What the ledger has does not tell when an object was created.
    private static boolean isRecreated(Entry before, Entry now) {
        return !before.created().isEmpty() && !before.created().equals(now.created());
    }

    private Change change(Entry entry, String verb, boolean isRecreated) {
        return new Change(entry, verb, isRecreated, since, isAfterReset);
    }

    /// The changes of the last answer are in the ledger.
    ///
    /// @param at when that answer came, nanoseconds since 1970
    void accept(List<Change> changes, long at) {
        for (Change change : changes) {
            if (change.verb().equals("delete")) {
                known.remove(change.entry().key());
            } else {
                known.put(change.entry().key(), change.entry());
            }
        }
        isFirst = false;
        isAfterReset = false;
        since = Optional.of(at);
    }

    /// They are not: the same list is to be read again at once.
    void refuse() {
        mustConfirm = true;
    }

    private Optional<Map<String, Entry>> entries(String body) {
        Json answer;
        try {
            answer = JsonReader.read(body);
        } catch (JsonException broken) {
            return Optional.empty();
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Json item : list.items(answer)) {
            list.name(item).ifPresent(name -> {
                Entry entry = new Entry(
                        Watchable.namespace(item),
                        name,
                        item,
                        item.get("CreateIndex").scalar().orElse(""),
                        item.get("ModifyIndex").scalar().orElse(""));
                entries.put(entry.key(), entry);
            });
        }
        return Optional.of(entries);
    }
}
