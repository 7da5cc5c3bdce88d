package io.meshtrail.ledger;

import io.meshtrail.host.Disk;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.objectstore.CheckpointStore;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TreeHead;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signs a checkpoint of each ledger that has grown, remembers it in the state folder, and only then shows it.
public final class Publisher implements Station {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final Host host;
    private final CheckpointStore state;
    private final Path data;
    private final Collection<Ledger> ledgers;
    private final long intervalNanos;
    private long lastRun;
    private volatile Optional<String> trouble = Optional.empty();

    /// @param data the data folder: checkpoints are shown in `ledger/<name>/checkpoint`
    /// @param interval how often
    Publisher(Host host, CheckpointStore state, Path data, Collection<Ledger> ledgers, Duration interval) {
        this.host = host;
        this.state = state;
        this.data = data;
        this.ledgers = ledgers;
        this.intervalNanos = interval.toNanos();
        this.lastRun = host.elapsed() - intervalNanos;
    }

    /// Why nothing can be published at the moment, if so.
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public boolean advance() throws IOException {
        if (host.elapsed() - lastRun < intervalNanos) {
            return false;
        }
        lastRun = host.elapsed();
        publish();
        return false;
    }

    /// Publishes now what has grown. At an orderly stop this is called beside the station, which may be at
    /// work.
    synchronized void publish() throws IOException {
        for (Ledger ledger : ledgers) {
            TreeHead head = ledger.head();
            if (ledger.published().isEmpty() || ledger.publishedSize() < head.treeSize()) {
                publish(ledger, head);
            }
        }
    }

    private void publish(Ledger ledger, TreeHead head) throws IOException {
        SignedNote note = Checkpoint.of(ledger.origin(), head).sign(ledger.key());
        Optional<byte[]> last =
                ledger.published().map(published -> published.note().bytes());
        Disk disk = host.disk();
        try {
            // A crash after this line leaves a checkpoint that was signed and never shown; the next start
            // shows it.
            state.compareAndSet(ledger.name(), last, note.bytes());
        } catch (java.nio.file.FileSystemException full) {
            trouble = Optional.of("no checkpoint can be kept: " + full.getMessage());
            LOG.error("Ledger {}: {}", ledger.name(), trouble.orElseThrow());
            return;
        }
        ledger.publish(new Published(head.treeSize(), note, host.now()));
        try {
            disk.replace(data.resolve("ledger").resolve(ledger.name()).resolve("checkpoint"), note.bytes());
            trouble = Optional.empty();
        } catch (IOException full) {
            trouble = Optional.of("no checkpoint can be written: " + full.getMessage());
            LOG.error("Ledger {}: {}", ledger.name(), trouble.orElseThrow());
        }
    }
}
