package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.proof.Hash;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Takes durable entries into the tree, then tells the followers. After a start it first tells them what the
/// journal
/// still holds; the tree has that already.
public final class Integrator implements Station {
    private static final int REPLAY_STEP = 2_048;

    private final Host host;
    private final BlockingQueue<SequencedBatch> sequenced;
    private final List<Follower> followers;
    private final ArrayDeque<Replay> replays = new ArrayDeque<>();
    private volatile boolean replaying;
    private final Collection<Ledger> ledgers;
    private Optional<SequencedBatch> left = Optional.empty();

    Integrator(
            Host host, BlockingQueue<SequencedBatch> sequenced, List<Follower> followers, Collection<Ledger> ledgers) {
        this.host = host;
        this.sequenced = sequenced;
        this.followers = List.copyOf(followers);
        this.ledgers = ledgers;
        for (Ledger ledger : ledgers) {
            if (ledger.sealedSize() < ledger.journal().next()) {
                replays.add(
                        new Replay(ledger, ledger.sealedSize(), ledger.journal().next()));
            }
        }
        this.replaying = !replays.isEmpty();
    }

    /// Whether followers have not yet seen all that was there at the start.
    public boolean isReplaying() {
        return replaying;
    }

    /// Whether every durable entry is in its tree.
    boolean isIdle() {
        return !replaying
                && ledgers.stream()
                        .allMatch(ledger ->
                                ledger.tree().size() == ledger.journal().next());
    }

    @Override
    public void awaitWork() throws InterruptedException {
        left = Optional.ofNullable(sequenced.poll(20, TimeUnit.MILLISECONDS));
    }

    @Override
    public boolean advance() throws IOException, InterruptedException {
        if (!replays.isEmpty()) {
            replay(replays.remove());
            replaying = !replays.isEmpty();
            return true;
        }
        SequencedBatch batch = left.orElseGet(sequenced::poll);
        left = Optional.empty();
        if (batch != null) {
            integrate(batch);
        }
        return batch != null;
    }

    private void integrate(SequencedBatch batch) throws InterruptedException {
        List<Hash> leaves = new ArrayList<>(batch.entries().size());
        for (byte[] entry : batch.entries()) {
            leaves.add(Hash.leaf(entry));
        }
        batch.ledger().integrate(batch.first(), leaves, host.now());
        tell(batch.ledger().name(), batch.first(), batch.events());
    }

    private void replay(Replay replay) throws IOException, InterruptedException {
        long end = Math.min(replay.to(), replay.from() + REPLAY_STEP);
        List<AuditEvent> events = new ArrayList<>(REPLAY_STEP);
        replay.ledger().journal().read(replay.from(), end, record -> {
            try {
                events.add(EventCodec.decode(record.entry()));
            } catch (EntryFormatException damaged) {
                throw new IOException(
                        "entry " + replay.ledger().name() + "/" + record.leafIndex() + ": " + damaged.getMessage(),
                        damaged);
            }
        });
        tell(replay.ledger().name(), replay.from(), events);
        if (end < replay.to()) {
            replays.addFirst(new Replay(replay.ledger(), end, replay.to()));
        }
    }

    private void tell(String ledger, long first, List<AuditEvent> events) throws InterruptedException {
        for (Follower follower : followers) {
            follower.integrated(ledger, first, events);
        }
    }

    private record Replay(Ledger ledger, long from, long to) {}
}
