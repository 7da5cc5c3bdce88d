package io.meshtrail.reconcile;

import io.meshtrail.counter.Readings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;

/// An Envoy as the reconciliation sees it: it writes entries into a buffer, flushes it over a stream that
/// is slow, reports its counters now and then, and knows what it lost.
final class SimulatedProxy {
    private static final long SECOND = 1_000_000_000L;

    /// Something under way.
    private record Parcel(long due, long count, long counted) {}

    private final String name;
    private final Reconciler reconciler;
    private final Random random;
    private final int sinks;

    private long born;
    private long written;
    private long dropped;
    private long buffer;
    private long nextFlush;
    private long nextReport;
    private long reopen = Long.MAX_VALUE;
    private final Deque<Parcel> entries = new ArrayDeque<>();
    private final Deque<Parcel> reports = new ArrayDeque<>();
    private Reconciler.Stream stream;

    long lostToDrops;
    long lostToBreaks;
    long lostToRestarts;

    /// @param sinks how many access loggers count in the same counter, ours included
    /// @param counted entries that it wrote before we listened
    SimulatedProxy(String name, Reconciler reconciler, Random random, int sinks, long born, long counted, long now) {
        this.name = name;
        this.reconciler = reconciler;
        this.random = random;
        this.sinks = sinks;
        this.born = born;
        this.written = counted;
        this.stream = reconciler.open(name, now);
    }

    void step(long now, boolean traffic) {
        if (traffic) {
            write(random.nextInt(4));
        }
        if (now >= reopen) {
            stream = reconciler.open(name, now);
            reopen = Long.MAX_VALUE;
        }
        if (now >= nextFlush && reopen == Long.MAX_VALUE) {
            entries.add(new Parcel(now + between(0, 1_500), buffer, 0));
            buffer = 0;
            nextFlush = now + between(500, 1_000);
        }
        // In order, as a stream has it: a slow parcel holds up those behind it.
        while (!entries.isEmpty() && entries.peekFirst().due <= now) {
            stream.arrived(entries.removeFirst().count);
        }
        if (now >= nextReport) {
            reports.add(new Parcel(now + between(0, 900), written, dropped));
            nextReport = now + between(2_000, 5_000);
        }
        while (!reports.isEmpty() && reports.peekFirst().due <= now) {
            Parcel report = reports.removeFirst();
            read(report.count, report.counted, now);
        }
    }

    void write(int count) {
        written += (long) count * sinks;
        buffer += count;
    }

    void drop(int count) {
        dropped += count;
        lostToDrops += count;
    }

    /// The stream breaks; what was under way is gone, what is in the buffer waits for the next stream.
    void breakStream(long now) {
        if (reopen != Long.MAX_VALUE) {
            return;
        }
        lostToBreaks += entries.stream().mapToLong(parcel -> parcel.count).sum();
        entries.clear();
        stream.ended(now);
        reopen = now + between(100, 2_000);
    }

    /// The process reports once more and dies with what it held.
    void restart(long now) {
        reports.clear();
        read(written, dropped, now);
        lostToRestarts +=
                buffer + entries.stream().mapToLong(parcel -> parcel.count).sum();
        entries.clear();
        buffer = 0;
        if (reopen == Long.MAX_VALUE) {
            stream.ended(now);
        }
        born = now;
        written = 0;
        dropped = 0;
        reopen = now + between(500, 3_000);
        nextReport = now + between(500, 3_000);
    }

    private void read(long count, long drops, long now) {
        Readings readings = new Readings();
        Map<String, String> labels = Map.of("node_id", name);
        readings.add("server.uptime", labels, Math.floor((double) (now - born) / SECOND), false, 0, "");
        readings.add("access_logs.grpc_access_log.logs_written", labels, (double) count, false, 0, "");
        readings.add("access_logs.grpc_access_log.logs_dropped", labels, (double) drops, false, 0, "");
        readings.add("cluster.x.upstream_cx_total", labels, 7, false, 0, "");
        reconciler.read(readings, now);
    }

    private long between(int from, int to) {
        return (from + random.nextInt(to - from)) * 1_000_000L;
    }
}
