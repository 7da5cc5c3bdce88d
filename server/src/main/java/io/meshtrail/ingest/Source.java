package io.meshtrail.ingest;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Placement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The counts of one producer since the server started. Any thread.
final class Source {
    private static final int SKEWS = 63;
    private static final long SECOND = 1_000_000_000L;
    private static final int REASON_LENGTH = 300;

    private final String id;
    private final String format;
    private final long firstSeen;
    private final long[] skews = new long[SKEWS];
    private final long[] lags = new long[SKEWS];

    private boolean introduced;
    private String mesh = "";
    private String cluster = "";
    private long accepted;
    private long ignored;
    private long rejected;
    private long duplicate;
    private long gaps;
    private long bytes;
    private long skewCount;
    private long lastSeen;
    private long lastEvent = Long.MIN_VALUE;
    private int openStreams;
    private String lastRejection = "";
    private long lastRejectionAt;
    private long refusalSecond = Long.MIN_VALUE;
    private int refusalsThisSecond;
    private long untold;
    private long dropped;
    private long lost;

    Source(String id, String format, long now) {
        this.id = id;
        this.format = format;
        this.firstSeen = now;
        this.lastSeen = now;
    }

    String id() {
        return id;
    }

    String format() {
        return format;
    }

    /// It has said who it is, or told us something that became an event: what strangers send and nobody
    /// understands is counted but not kept.
    synchronized boolean known() {
        return introduced || accepted + duplicate > 0;
    }

    /// It has named itself: by the identifier of a stream, or by `observer=`.
    synchronized void introduced() {
        introduced = true;
    }

    synchronized boolean idle() {
        return openStreams == 0;
    }

    synchronized void arrived(long count, long now) {
        bytes += count;
        lastSeen = now;
    }

    synchronized void opened() {
        openStreams++;
    }

    synchronized void closed() {
        openStreams--;
    }

    synchronized void ignored(int count) {
        ignored += count;
    }

    synchronized void rejected(String reason, long now) {
        rejected++;
        lastRejection = reason.length() > REASON_LENGTH ? reason.substring(0, REASON_LENGTH) + "…" : reason;
        lastRejectionAt = now;
    }

    synchronized void gaps(int count) {
        gaps += count;
    }

    /// The reconciliation found entries of it missing, and said so in a gap event.
    ///
    /// @param byProxy whether the proxy itself dropped them
    synchronized void lost(long count, boolean byProxy) {
        gaps++;
        lost += count;
        dropped += byProxy ? count : 0;
    }

    /// Counts events that are durable.
    synchronized void durable(List<AuditEvent> events, List<Placement> placements, long received) {
        for (int i = 0; i < events.size(); i++) {
            if (placements.get(i).duplicate()) {
                duplicate++;
                continue;
            }
            accepted++;
            AuditEvent event = events.get(i);
            OptionalLong time = event.number(Field.TIME);
            if (time.isPresent()) {
                lastEvent = Math.max(lastEvent, time.getAsLong());
                long since = received - time.getAsLong();
                lags[(int) (skewCount % SKEWS)] =
                        since - event.number(Field.DURATION).orElse(0);
                skews[(int) (skewCount++ % SKEWS)] = since;
            }
            mesh = event.text(Field.MESH).orElse(mesh);
            cluster = event.text(Field.CLUSTER).orElse(cluster);
        }
    }

    /// Asks to keep one more refusal as an event.
    ///
    /// @return how many were not kept since the last that was; empty if this one is not to be kept
    synchronized Optional<Long> refusalShare(long now, int aSecond) {
        long second = Math.floorDiv(now, SECOND);
        if (second != refusalSecond) {
            refusalSecond = second;
            refusalsThisSecond = 0;
        }
        if (refusalsThisSecond >= aSecond) {
            untold++;
            return Optional.empty();
        }
        refusalsThisSecond++;
        long before = untold;
        untold = 0;
        return Optional.of(before);
    }

    /// Takes back a share that was given: so many refusals are still to be told.
    synchronized void refusalsUntold(long count) {
        untold += count;
    }

    synchronized SourceStatus status() {
        return new SourceStatus(
                id,
                format,
                mesh,
                cluster,
                accepted,
                ignored,
                rejected,
                duplicate,
                dropped,
                gaps,
                lost,
                bytes,
                skew(),
                lag(),
                firstSeen,
                lastSeen,
                lastEvent == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(lastEvent),
                openStreams,
                lastRejection,
                lastRejectionAt);
    }

    private OptionalLong skew() {
        return median(skews);
    }

    private OptionalLong lag() {
        return median(lags);
    }

    /// The median: one event with a wild clock does not move it.
    private OptionalLong median(long[] of) {
        int count = (int) Math.min(skewCount, SKEWS);
        if (count == 0) {
            return OptionalLong.empty();
        }
        long[] sorted = Arrays.copyOf(of, count);
        Arrays.sort(sorted);
        return OptionalLong.of(sorted[count / 2]);
    }
}
