package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Pushback;
import io.meshtrail.event.Receipt;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.segment.Segment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/// Writes into `root` what happens to the ledgers themselves: openings, every seal, once a minute each ledger's
/// checkpoint, also when nothing happened, and when nothing could be taken. `docs/formats/root.md` lists the actions.
public final class RootRecorder implements SealRecorder, HoldRecorder, Station, RefusalEpisode.Teller, WitnessRecorder {
    /// How often each ledger's checkpoint goes into `root`.
    static final Duration HEARTBEAT = Duration.ofMinutes(1);

    /// Characters of a witness policy that go into `root` verbatim.
    private static final int LONGEST_POLICY = 16_384;

    private final Host host;
    private final Collection<Ledger> ledgers;
    private Optional<Appender> appender = Optional.empty();
    private Optional<RefusalEpisode> episode = Optional.empty();
    private long lastBeat;

    RootRecorder(Host host, Collection<Ledger> ledgers) {
        this.host = host;
        this.ledgers = ledgers;
        this.lastBeat = host.elapsed();
    }

    /// The appender needs the ledgers, and they need this recorder; so it comes second.
    void through(Appender door, Admission admission) {
        appender = Optional.of(door);
        episode = Optional.of(new RefusalEpisode(admission, this));
    }

    /// A ledger exists from now on.
    void opened(Ledger ledger) throws IOException, InterruptedException {
        record(about("open", ledger.name())
                .attribute("origin", ledger.origin())
                .attribute("key", ledger.key().verifierKey().toString())
                .attribute("retention", ledger.settings().retention().toString()));
    }

    /// A ledger keeps its entries for another time from now on.
    void retention(String ledger, Duration before, Duration after) throws IOException, InterruptedException {
        record(about("retention", ledger).attribute("before", before.toString()).attribute("after", after.toString()));
    }

    /// Events go by other routes from now on.
    ///
    /// @param before [Router#text] of the routes until now; empty if they are not known
    void routes(String before, String after) throws IOException, InterruptedException {
        AuditEvent.Builder event =
                act("routes", "events go by these routes from now on").attribute("after", after);
        record(before.isEmpty() ? event : event.attribute("before", before));
    }

    /// The server starts, stops, or takes nothing more.
    void acted(String action, String detail) throws IOException, InterruptedException {
        record(act(action, detail));
    }

    /// A checkpoint of `root` lies at an anchor.
    ///
    /// @param attributes what is known of it, `docs/formats/root.md` lists the names
    public void anchored(String detail, Map<String, String> attributes) throws IOException, InterruptedException {
        AuditEvent.Builder event = about("anchor", LedgerSettings.ROOT).text(Field.DETAIL, detail);
        attributes.forEach(event::attribute);
        record(event);
    }

    @Override
    public void sealed(Segment segment) throws IOException, InterruptedException {
        record(seal(segment));
    }

    static AuditEvent.Builder seal(Segment segment) {
        return segment("seal", segment);
    }

    private static AuditEvent.Builder segment(String action, Segment segment) {
        AuditEvent.Builder event = about(action, segment.ledger())
                .attribute("from", Long.toString(segment.from()))
                .attribute("to", Long.toString(segment.to()))
                .attribute("root", segment.root().base64())
                .attribute("file", segment.file())
                .attribute("bytes", Long.toString(segment.bytes()))
                .attribute("sha256", segment.sha256().hex())
                .attribute("first_time", Long.toString(segment.firstTime()))
                .attribute("last_time", Long.toString(segment.lastTime()));
        segment.sidecar()
                .ifPresent(sidecar -> event.attribute("sidecar_bytes", Long.toString(sidecar.bytes()))
                        .attribute("sidecar_sha256", sidecar.sha256().hex()));
        return event;
    }

    /// Writes that something was done or is about to be, and returns the leafIndex of the entry in `root` once it is
    /// durable.
    ///
    /// @param action as `docs/formats/root.md` lists it
    /// @param detail words for people; may be empty
    /// @param says the attributes
    public long acted(String action, String detail, Map<String, String> says) throws IOException, InterruptedException {
        AuditEvent.Builder event =
                AuditEvent.builder().kind(Kind.LEDGER).outcome(Outcome.CHANGED).text(Field.ACTION, action);
        if (!detail.isEmpty()) {
            event.text(Field.DETAIL, detail);
        }
        says.forEach(event::attribute);
        return record(event);
    }

    /// A segment is about to be pruned.
    public long prunes(Segment segment, long received, Duration term) throws IOException, InterruptedException {
        return acted("prune", "", Pruning.attributes(segment, received, term));
    }

    /// A segment is about to stand for some smaller ones.
    public long merges(Segment whole, List<Segment> parts) throws IOException, InterruptedException {
        String names = parts.stream().map(Segment::file).collect(Collectors.joining("\n"));
        return record(segment("merge", whole).attribute("of", names));
    }

    @Override
    public long holds(Hold hold) throws IOException, InterruptedException {
        return acted("hold", "", hold.attributes());
    }

    @Override
    public long lifts(Hold hold, SignedNote note) throws IOException, InterruptedException {
        return acted("lift", "", Map.of("id", hold.id(), "case", hold.caseName(), "note", note.print()));
    }

    /// A subject is about to be erased; on record before it happens.
    ///
    /// @param fields in which the subject was seen
    /// @param events how many events name it, if they could be counted
    public void erased(String pseudonym, List<String> fields, OptionalLong events, String reason)
            throws IOException, InterruptedException {
        AuditEvent.Builder event =
                act("erase", reason).attribute("pseudonym", pseudonym).attribute("fields", String.join(" ", fields));
        events.ifPresent(count -> event.attribute("events", Long.toString(count)));
        record(event);
    }

    /// The background check has found damage, or a pass of it has ended.
    public void scrubbed(String result, String words) throws IOException, InterruptedException {
        record(act("scrub", words).attribute("result", result));
    }

    @Override
    public void refuse(String reason) throws IOException, InterruptedException {
        acted("refuse", reason);
    }

    @Override
    public void resume(long refused) throws IOException, InterruptedException {
        record(act("resume", "requests are taken again").attribute("refused", Long.toString(refused)));
    }

    @Override
    public void policy(String mode, String text) throws IOException, InterruptedException {
        AuditEvent.Builder event =
                act("witness", "checkpoints are sent to witnesses").attribute("mode", mode);
        // A policy of hundreds of witnesses would not fit into an entry.
        record(text.length() <= LONGEST_POLICY ? event.attribute("policy", text) : event);
    }

    @Override
    public void unwitnessed(String why) throws IOException, InterruptedException {
        acted("unwitnessed", why);
    }

    @Override
    public void witnessed(String detail) throws IOException, InterruptedException {
        acted("witnessed", detail);
    }

    @Override
    public boolean advance() throws IOException, InterruptedException {
        if (host.elapsed() - lastBeat >= HEARTBEAT.toNanos()) {
            lastBeat = host.elapsed();
            for (Ledger ledger : ledgers) {
                checkpoint(ledger);
            }
        }
        episode.orElseThrow().advance(host.elapsed());
        return false;
    }

    private void checkpoint(Ledger ledger) throws IOException, InterruptedException {
        Optional<Published> published = ledger.published();
        if (published.isPresent()) {
            String note = new String(published.orElseThrow().note().bytes(), StandardCharsets.UTF_8);
            try {
                record(about("checkpoint", ledger.name())
                        .attribute("size", Long.toString(published.orElseThrow().treeSize()))
                        .attribute("checkpoint", note));
            } catch (RefusedException full) {
                // A disk too full for a heartbeat is shown by the alarm on refusals; the next beat tries
                // again.
                return;
            }
        }
    }

    private static AuditEvent.Builder act(String action, String detail) {
        return AuditEvent.builder()
                .kind(Kind.LEDGER)
                .outcome(Outcome.CHANGED)
                .text(Field.ACTION, action)
                .text(Field.DETAIL, detail);
    }

    private static AuditEvent.Builder about(String action, String ledger) {
        return AuditEvent.builder()
                .kind(Kind.LEDGER)
                .outcome(Outcome.CHANGED)
                .text(Field.ACTION, action)
                .attribute("ledger", ledger);
    }

    private long record(AuditEvent.Builder event) throws IOException, InterruptedException {
        CompletableFuture<EventSink.Answer> answer = appender.orElseThrow().append(event.build(), LedgerSettings.ROOT);
        try {
            return switch (host.await(answer)) {
                case Pushback pushback -> throw new RefusedException("root takes no entry: " + pushback.reason());
                case Receipt receipt ->
                    receipt.placements().getFirst().address().leafIndex();
            };
        } catch (ExecutionException failed) {
            throw new IOException("root takes no entry", failed.getCause());
        }
    }

    /// `root` has no room.
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
