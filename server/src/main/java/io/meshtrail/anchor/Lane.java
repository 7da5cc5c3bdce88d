package io.meshtrail.anchor;

import io.meshtrail.host.Host;
import io.meshtrail.proof.MalformedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One anchor's own time-table: when its next checkpoint is due, what is on its way, what waits to be
/// recorded.
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /// After the first failure; doubled after each further one, up to the interval.
    static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

    /// After which an attempt counts as failed though it has not ended. A second one is not started beside
    /// it.
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Host host;
    private final Anchor anchor;
    private final AnchorFiles files;
    private final AnchorRecorder recorder;
    private final Supplier<Optional<byte[]>> newest;
    private final long interval;

    private Optional<Attempt> running = Optional.empty();
    private long startedAt;
    private boolean givenUp;
    private long dueAt;
    private long pause = FIRST_PAUSE.toNanos();
    private volatile AnchorStatus status;

    /// @param last what `root` has of this anchor; the interval counts from there, also over a restart
    Lane(
            Host host,
            Anchor anchor,
            AnchorFiles files,
            AnchorRecorder recorder,
            Supplier<Optional<byte[]>> newest,
            Duration interval,
            Optional<AnchorRecord> last) {
        this.host = host;
        this.anchor = anchor;
        this.files = files;
        this.recorder = recorder;
        this.newest = newest;
        this.interval = interval.toNanos();
        this.status = new AnchorStatus(anchor.name(), anchor.kind(), last, 0, Optional.empty());
        long age = last.map(record -> host.now() - record.at()).orElse(this.interval);
        this.dueAt = host.elapsed() + Math.clamp(this.interval - age, 0, this.interval);
    }

    AnchorStatus status() {
        return status;
    }

    void advance() throws InterruptedException {
        if (running.isPresent()) {
            look(running.orElseThrow());
        } else if (host.elapsed() - dueAt >= 0) {
            begin();
        }
    }

    private void begin() {
        Optional<byte[]> note = newest.get();
        if (note.isEmpty()) {
            return;
        }
        AnchoredCheckpoint checkpoint = parsed(note.orElseThrow());
        long recorded =
                status.last().map(record -> record.checkpoint().treeSize()).orElse(0L);
        if (checkpoint.treeSize() <= recorded) {
            return;
        }
        Attempt attempt = new Attempt(anchor, checkpoint);
        running = Optional.of(attempt);
        startedAt = host.elapsed();
        givenUp = false;
        host.execute(attempt);
    }

    private static AnchoredCheckpoint parsed(byte[] note) {
        try {
            return AnchoredCheckpoint.parse(note);
        } catch (MalformedException impossible) {
            throw new IllegalStateException("the published checkpoint of root does not parse", impossible);
        }
    }

    private void look(Attempt attempt) throws InterruptedException {
        Optional<Attempt.Outcome> outcome = attempt.outcome();
        if (outcome.isEmpty()) {
            if (!givenUp && host.elapsed() - startedAt >= PATIENCE.toNanos()) {
                givenUp = true;
                failed("no answer within " + PATIENCE.toSeconds() + " s");
            }
            return;
        }
        switch (outcome.orElseThrow()) {
            case Attempt.Outcome.Placed placed -> {
                if (!givenUp || host.elapsed() - dueAt >= 0) {
                    record(attempt.checkpoint(), placed.receipt());
                }
            }
            case Attempt.Outcome.Failed failure -> {
                running = Optional.empty();
                if (!givenUp) {
                    failed(failure.words());
                }
            }
        }
    }

    private void record(AnchoredCheckpoint checkpoint, Receipt receipt) throws InterruptedException {
        try {
            // A crash before the record leaves files that the next start removes, and a checkpoint at the
            // anchor that root does not know; a younger one follows it.
            Map<String, io.meshtrail.proof.Hash> kept = files.keep(anchor.name(), checkpoint.treeSize(), receipt);
            AnchorRecord record = new AnchorRecord(
                    anchor.name(), anchor.kind(), checkpoint, receipt.locator(), receipt.says(), kept, host.now());
            recorder.anchored(record);
            running = Optional.empty();
            status = status.placed(record);
            dueAt = host.elapsed() + interval;
            pause = FIRST_PAUSE.toNanos();
            LOG.info(
                    "Anchor {} has the checkpoint of size {}: {}",
                    anchor.name(),
                    checkpoint.treeSize(),
                    receipt.locator());
        } catch (IOException full) {
            // What the place said is kept in memory and recorded when there is room.
            givenUp = true;
            failed("the checkpoint of size " + checkpoint.treeSize() + " is placed, but not on record: "
                    + full.getMessage());
        }
    }

    private void failed(String words) {
        status = status.failed(words);
        dueAt = host.elapsed() + pause;
        LOG.warn(
                "Anchor {} ({}) failed and is tried again in {} s: {}",
                anchor.name(),
                anchor.kind(),
                pause / 1_000_000_000L,
                words);
        pause = Math.min(pause * 2, interval);
    }
}
