package io.meshtrail.ledger.fsck;

import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.ledger.RootRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the whole data folder again, slowly, while the server runs, and raises an alarm when something
/// is not as it was written: in the log, in `root` (action `scrub`), and in what [#findings] tells to
/// metrics and readiness.
///
/// After each step it rests in proportion to what the step took, so that it uses no more than its share
/// of one core. A pass begins when the interval has gone by since the last one began; the first one an
/// interval after the start.
public final class ScrubStation implements Station {
    private static final Logger LOG = LoggerFactory.getLogger(ScrubStation.class);
    private static final int MOST_RECORDED = 10;

    private final Host host;
    private final Path data;
    private final SegmentEntries rows;
    private final JournalInspector journals;
    private final RootRecorder root;
    private final ScrubSettings settings;
    private final Map<String, Long> verifiedAt = new ConcurrentHashMap<>();
    private volatile List<Finding> findings = List.of();
    private final AtomicLong passes = new AtomicLong();
    private Optional<Scrub> pass = Optional.empty();
    private int recorded;
    private long begun;
    private long restUntil;

    public ScrubStation(
            Host host,
            Path data,
            SegmentEntries rows,
            JournalInspector journals,
            RootRecorder root,
            ScrubSettings settings) {
        this.host = host;
        this.data = data;
        this.rows = rows;
        this.journals = journals;
        this.root = root;
        this.settings = settings;
        this.begun = host.elapsed();
        this.restUntil = begun;
    }

    /// What the running pass has found so far, or else the last one.
    public List<Finding> findings() {
        return findings;
    }

    /// Finished since the start.
    public long passes() {
        return passes.get();
    }

    /// When a ledger was last read whole and found sound, nanoseconds since 1970.
    public Optional<Long> verifiedAt(String ledger) {
        return Optional.ofNullable(verifiedAt.get(ledger));
    }

    @Override
    public boolean advance() throws IOException, InterruptedException {
        long start = host.elapsed();
        if (start - restUntil < 0) {
            return false;
        }
        if (pass.isEmpty()) {
            if (start - begun < settings.interval().toNanos()) {
                return false;
            }
            begun = start;
            recorded = 0;
            pass = Optional.of(pass());
        }
        Scrub running = pass.orElseThrow();
        boolean more = running.step();
        tell(running);
        if (!more) {
            finish(running);
        }
        long took = host.elapsed() - start;
        restUntil = host.elapsed() + took * (100 - settings.share()) / settings.share();
        return false;
    }

    /// A pass at its beginning.
    Scrub pass() throws IOException {
        return new Scrub(host.disk(), data, rows, journals);
    }

    private void tell(Scrub running) throws IOException, InterruptedException {
        List<Finding> found = running.findings();
        for (Finding finding : found.subList(Math.min(recorded, found.size()), found.size())) {
            LOG.error("Scrub: {}", finding);
            if (recorded < MOST_RECORDED) {
                root.scrubbed("damaged", finding.toString());
            }
            recorded++;
        }
        if (!found.isEmpty()) {
            findings = found;
        }
    }

    private void finish(Scrub done) throws IOException, InterruptedException {
        pass = Optional.empty();
        findings = done.findings();
        passes.incrementAndGet();
        List<String> sound = new ArrayList<>(done.checked());
        findings.forEach(finding -> sound.remove(finding.ledger()));
        sound.forEach(ledger -> verifiedAt.put(ledger, host.now()));
        String words = "sound: " + String.join(", ", sound) + "; findings: " + findings.size();
        LOG.info("Scrub: a pass has ended; {}", words);
        root.scrubbed(findings.isEmpty() ? "sound" : "damaged", words);
    }
}
