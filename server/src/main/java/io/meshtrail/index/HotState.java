package io.meshtrail.index;

import io.meshtrail.engine.TableEngine;
import io.meshtrail.segment.Manifest;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What [HotIndex] and its [HotInserter] share. Ledgers, their tables and the number of bytes belong to the
/// lock;
/// the engine is only called without it.
final class HotState {
    final TableEngine engine;
    final HotSettings settings;
    final ReentrantLock lock = new ReentrantLock();

    /// Something was queued.
    final Condition work = lock.newCondition();

    /// Something was inserted.
    final Condition room = lock.newCondition();

    final Map<String, HotLedger> ledgers = new TreeMap<>();
    long queuedBytes;

    /// The manifests of open snapshots, and by how many each is read.
    final IdentityHashMap<Manifest, Integer> read = new IdentityHashMap<>();

    /// By ledger, the largest event time of what was pruned.
    final Map<String, Long> prunedTimes = new TreeMap<>();

    HotState(TableEngine engine, HotSettings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    /// The state of a ledger, made when it is first asked for. Under the lock.
    HotLedger ledger(String name) {
        return ledgers.computeIfAbsent(name, HotLedger::new);
    }

    /// Drops tables that nobody names any more. Without the lock.
    void drop(List<HotTable> tables) {
        for (HotTable table : tables) {
            engine.execute("DROP TABLE " + table.name());
        }
    }
}
