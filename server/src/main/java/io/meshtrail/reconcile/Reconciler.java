package io.meshtrail.reconcile;

import io.meshtrail.counter.Counted;
import io.meshtrail.counter.ProxyName;
import io.meshtrail.counter.Reading;
import io.meshtrail.counter.Readings;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The reconciliation of all proxies: told what arrives and what is counted, it tells what was lost. Any
/// thread.
public final class Reconciler {
    private static final int MOST_PROXIES = 10_000;
    private static final Set<String> POLICY =
            Set.of(Reason.POLICY_DENIED.code(), Reason.NO_POLICY_MATCHED.code(), Reason.MTLS_REQUIRED.code());

    /// What one stream of access logs brings.
    public final class Stream {
        private final Proxy proxy;
        private final StreamArrivals.Tally tally;

        private Stream(Proxy proxy, long now) {
            this.proxy = proxy;
            this.tally = proxy.als.open(now);
        }

        /// Entries are durable, or were refused: they have arrived.
        public void arrived(long count) {
            synchronized (proxies) {
                proxy.als.arrived(tally, count);
            }
        }

        public void ended(long now) {
            synchronized (proxies) {
                proxy.als.end(tally, now);
            }
        }
    }

    private final long since;
    private final long patience;
    private final LinkedHashMap<String, Proxy> proxies = new LinkedHashMap<>(64, 0.75f, true);
    private final List<Gap> found = new ArrayList<>();
    private long readings;
    private long others;

    /// @param flushInterval the longest time that an entry waits in a proxy before it is sent
    /// @param since when we began to listen, nanoseconds since 1970
    public Reconciler(Duration flushInterval, long since) {
        this.patience = 2 * flushInterval.toNanos();
        this.since = since;
    }

    /// A producer has opened a stream and said who it is.
    public Stream open(String producer, long now) {
        synchronized (proxies) {
            return new Stream(proxy(ProxyName.of(producer)), now);
        }
    }

    /// Entries of OpenTelemetry access loggers and lines arrived.
    public void arrived(String producer, long count) {
        synchronized (proxies) {
            proxy(ProxyName.of(producer)).plain(Counted.OTEL_WRITTEN).arrived(count);
        }
    }

    /// An event is durable: if proxies count such ones, it has arrived.
    public void arrived(AuditEvent event, String producer) {
        Counted what = counted(event);
        if (what == null) {
            return;
        }
        String observer = event.text(Field.OBSERVER_NAME).orElse(ProxyName.of(producer));
        synchronized (proxies) {
            proxy(observer).plain(what).arrived(1);
        }
    }

    private static @Nullable Counted counted(AuditEvent event) {
        String outcome = event.text(Field.OUTCOME).orElse("");
        String kind = event.text(Field.KIND).orElse("");
        if (kind.equals("handshake") && outcome.equals("failed")) {
            return Counted.HANDSHAKE_FAILED;
        }
        boolean call = kind.equals("request") || kind.equals("connection");
        boolean byPolicy = POLICY.contains(event.text(Field.REASON).orElse(""));
        return call && outcome.equals("denied") && byPolicy ? Counted.DENIED : null;
    }

    /// A report of metrics came.
    public void read(Readings report, long now) {
        Map<String, List<Reading>> byProxy = new LinkedHashMap<>();
        for (Reading reading : report.kept()) {
            byProxy.computeIfAbsent(reading.proxy(), name -> new ArrayList<>()).add(reading);
        }
        synchronized (proxies) {
            readings += report.kept().size();
            others += report.others();
            byProxy.forEach((name, of) -> found.addAll(proxy(name).read(of, since, now)));
        }
    }

    /// What was found lost since the last call.
    public List<Gap> settle(long now) {
        synchronized (proxies) {
            proxies.values().forEach(proxy -> found.addAll(proxy.settle(now)));
            List<Gap> gaps = List.copyOf(found);
            found.clear();
            return gaps;
        }
    }

    /// Entries that a proxy said it dropped.
    public long dropped(String producer) {
        synchronized (proxies) {
            Proxy known = proxies.get(ProxyName.of(producer));
            return known == null ? 0 : known.droppedCount();
        }
    }

    /// Readings that were kept.
    public long readings() {
        synchronized (proxies) {
            return readings;
        }
    }

    /// Values that do not matter here, and were dropped.
    public long others() {
        synchronized (proxies) {
            return others;
        }
    }

    private Proxy proxy(String name) {
        Proxy known = proxies.get(name);
        if (known != null) {
            return known;
        }
        Iterator<Map.Entry<String, Proxy>> longestUnused = proxies.entrySet().iterator();
        while (proxies.size() >= MOST_PROXIES && longestUnused.hasNext()) {
            if (longestUnused.next().getValue().idle()) {
                longestUnused.remove();
            }
        }
        Proxy fresh = new Proxy(name, patience);
        proxies.put(name, fresh);
        return fresh;
    }
}
