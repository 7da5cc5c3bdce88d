package io.meshtrail.ledger;

import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.objectstore.CheckpointConflictException;
import io.meshtrail.objectstore.CheckpointStore;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TreeHead;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signs a checkpoint of each ledger that has grown, remembers it in the state folder, writes it into the data
/// folder, and only then shows it. So whatever was shown is remembered, and `root` never tells of a checkpoint that
/// is younger than the one in the data folder.
///
/// A folder that refuses (full, read-only) delays checkpoints and nothing else: the entries are durable, and the
/// next step tries again.
public final class Publisher implements Station {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final Host host;
    private final CheckpointStore state;
    private final Path data;
    private final Collection<Ledger> ledgers;
    private final long intervalNanos;
    private final boolean needsConsent;

    /// By ledger, what was signed and may be in the state folder, since the folder refused in the end.
    private final Map<String, byte[]> unsure = new HashMap<>();

    /// By ledger, the checkpoint that is in the data folder for certain.
    private final Map<String, SignedNote> written = new HashMap<>();

    private long lastRun;
    private volatile Optional<String> trouble = Optional.empty();

    /// @param data the data folder: checkpoints are shown in `ledger/<name>/checkpoint`
    /// @param interval how often
    /// @param needsConsent whether a checkpoint is shown only once [#consented] says so
    Publisher(
            Host host,
            CheckpointStore state,
            Path data,
            Collection<Ledger> ledgers,
            Duration interval,
            boolean needsConsent) {
        this.host = host;
        this.state = state;
        this.data = data;
        this.ledgers = ledgers;
        this.intervalNanos = interval.toNanos();
        this.needsConsent = needsConsent;
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

    /// Publishes now what has grown, and writes what a crash kept out of the data folder.
    ///
    /// @throws CheckpointConflictException if somebody else signs for a ledger
    synchronized void publish() throws IOException {
        Optional<String> refused = Optional.empty();
        for (Ledger ledger : ledgers) {
            try {
                publish(ledger);
            } catch (CheckpointConflictException fork) {
                throw fork;
            } catch (IOException full) {
                refused = Optional.of(
                        "no checkpoint of ledger " + ledger.name() + " can be published: " + full.getMessage());
            }
        }
        if (refused.isPresent() && trouble.isEmpty()) {
            LOG.error("{}", refused.orElseThrow());
        }
        trouble = refused;
    }

    private void publish(Ledger ledger) throws IOException {
        if (!ledger.isSigning()) {
            return;
        }
        TreeHead head = ledger.head();
        Optional<Published> last = ledger.signed();
        if (last.isPresent() && last.orElseThrow().treeSize() == head.treeSize()) {
            show(ledger, last.orElseThrow());
            return;
        }
        SignedNote note = Checkpoint.of(ledger.origin(), head).sign(ledger.key());
        remember(ledger, last.map(signed -> signed.note().bytes()), note.bytes());
        // A crash from here on leaves a checkpoint that was signed and never shown; the next start shows it.
        Published signed = new Published(head.treeSize(), note, host.now());
        ledger.sign(signed);
        show(ledger, signed);
    }

    private void show(Ledger ledger, Published signed) throws IOException {
        if (needsConsent) {
            return;
        }
        write(ledger, signed.note());
        // The folder may have refused it the last time.
        if (!ledger.published().equals(Optional.of(signed))) {
            ledger.publish(signed);
        }
    }

    /// A signed checkpoint has what it takes to be shown. Does nothing where it is shown anyway.
    ///
    /// @param cosigned the note with further signature lines
    synchronized void consented(Ledger ledger, SignedNote cosigned) throws IOException {
        long size = Published.sizeOf(cosigned);
        if (needsConsent && size >= ledger.publishedSize()) {
            SignedNote bare = new SignedNote(
                    cosigned.text(),
                    cosigned.signatures().stream()
                            .filter(line -> line.name().equals(ledger.origin()))
                            .toList());
            write(ledger, bare);
            ledger.publish(new Published(size, bare, host.now()));
        }
    }

    /// Nanoseconds since 1970.
    long now() {
        return host.now();
    }

    private void remember(Ledger ledger, Optional<byte[]> published, byte[] next) throws IOException {
        Optional<byte[]> last = published;
        byte[] attempted = unsure.get(ledger.name());
        if (attempted != null && Arrays.equals(state.last(ledger.name()).orElse(null), attempted)) {
            last = Optional.of(attempted);
        }
        unsure.put(ledger.name(), next);
        state.compareAndSet(ledger.name(), last, next);
    }

    private void write(Ledger ledger, SignedNote note) throws IOException {
        if (!note.equals(written.get(ledger.name()))) {
            Path file = data.resolve("ledger").resolve(ledger.name()).resolve("checkpoint");
            host.disk().replace(file, note.bytes());
            written.put(ledger.name(), note);
        }
    }
}
