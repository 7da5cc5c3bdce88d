package io.meshtrail.ingest;

import io.meshtrail.counter.ProxyName;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// All producers seen since the server started, bounded: strangers who invent names push out the idle
/// producer that was quiet longest, never one with an open stream. Any thread.
public final class SourceRegistry {
    private static final int ENOUGH = 10_000;

    private record Key(String id, String format) {}

    private final int limit;
    private final LongSupplier now;
    private final long since;
    private final LinkedHashMap<Key, Source> byKey = new LinkedHashMap<>(64, 0.75f, true);

    /// @param now nanoseconds since 1970
    public SourceRegistry(LongSupplier now) {
        this(now, ENOUGH);
    }

    SourceRegistry(LongSupplier now, int limit) {
        this.now = now;
        this.limit = limit;
        this.since = now.getAsLong();
    }

    /// Since when is counted, nanoseconds since 1970.
    public long since() {
        return since;
    }

    /// The clock by which producers are seen, nanoseconds since 1970.
    public long now() {
        return now.getAsLong();
    }

    /// All producers, most recently seen first.
    public List<SourceStatus> all() {
        List<Source> sources;
        synchronized (byKey) {
            sources = List.copyOf(byKey.values());
        }
        return sources.stream()
                .map(Source::status)
                .sorted(Comparator.comparingLong(SourceStatus::lastSeen)
                        .reversed()
                        .thenComparing(SourceStatus::id))
                .toList();
    }

    /// The reconciliation found entries of a proxy missing. Whoever of its producers came last is charged.
    ///
    /// @param proxy as [ProxyName] has it
    public void lost(String proxy, long count, boolean byProxy) {
        Optional<Source> found;
        synchronized (byKey) {
            found = byKey.entrySet().stream()
                    .filter(entry -> ProxyName.of(entry.getKey().id()).equals(proxy))
                    .map(Map.Entry::getValue)
                    .reduce((earlier, later) -> later);
        }
        found.ifPresent(source -> source.lost(count, byProxy));
    }

    /// How many of the known producers have been quiet for long.
    public long silent() {
        long at = now.getAsLong();
        return all().stream()
                .filter(source -> source.accepted() > 0 && source.isSilent(at))
                .count();
    }

    /// The counts of a producer, new if it is.
    Source source(String id, String format) {
        synchronized (byKey) {
            Source known = byKey.get(new Key(id, format));
            if (known != null) {
                return known;
            }
            makeRoom();
            Source fresh = new Source(id, format, now.getAsLong());
            byKey.put(new Key(id, format), fresh);
            return fresh;
        }
    }

    private void makeRoom() {
        Iterator<Map.Entry<Key, Source>> longestUnused = byKey.entrySet().iterator();
        while (byKey.size() >= limit && longestUnused.hasNext()) {
            if (longestUnused.next().getValue().idle()) {
                longestUnused.remove();
            }
        }
    }
}
