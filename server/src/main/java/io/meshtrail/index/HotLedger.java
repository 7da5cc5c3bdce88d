package io.meshtrail.index;

import io.meshtrail.event.AuditEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/// What the hot index knows of one ledger: events that wait, and the tables that hold the others. All its
/// state belongs to the lock of [HotIndex].
final class HotLedger {
    private final String name;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Deque<HotTable> tables = new ArrayDeque<>();
    private OptionalLong next = OptionalLong.empty();
    private long expected;
    private String trouble = "";

    HotLedger(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /// Events of one ledger that follow each other.
    ///
    /// @param bytes about how much heap they hold
    /// @param since when they came, on the clock of durations
    record Waiting(long first, List<AuditEvent> events, long bytes, long since) {
        long end() {
            return first + events.size();
        }
    }

    /// The leafIndex that must come next; empty while nothing is known of the ledger.
    OptionalLong next() {
        return next;
    }

    void startAt(long leafIndex) {
        next = OptionalLong.of(leafIndex);
    }

    void enqueue(Waiting waiting) {
        queue.addLast(waiting);
        next = OptionalLong.of(waiting.end());
    }

    Deque<Waiting> queue() {
        return queue;
    }

    Deque<HotTable> tables() {
        return tables;
    }

    /// One more than the last leafIndex that is in a table; empty if none is.
    OptionalLong end() {
        return tables.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(tables.getLast().to());
    }

    void expect(long upTo) {
        expected = Math.max(expected, upTo);
    }

    /// The size up to which rows were announced, 0 if none.
    long expected() {
        return expected;
    }

    /// Why rows do not get in at the moment; empty if they do.
    String trouble() {
        return trouble;
    }

    void trouble(String words) {
        trouble = words;
    }

    /// The tables that have rows of from..to.
    List<HotTable> having(long from, long to) {
        List<HotTable> having = new ArrayList<>();
        for (HotTable table : tables) {
            if (Math.max(from, table.from()) < Math.min(to, table.to())) {
                having.add(table);
            }
        }
        return having;
    }
}
