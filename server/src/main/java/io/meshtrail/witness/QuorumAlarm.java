package io.meshtrail.witness;

import io.meshtrail.host.Host;
import io.meshtrail.ledger.WitnessRecorder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says that checkpoints have no quorum of witnesses: in the log, in a metric, and in `root`, once when it begins and
/// once when it is over.
final class QuorumAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(QuorumAlarm.class);

    /// How long a checkpoint may be without its quorum: a witness that starts anew is no alarm.
    static final long PATIENCE = Duration.ofSeconds(10).toNanos();

    /// After `root` took no entry.
    private static final long PAUSE = Duration.ofSeconds(5).toNanos();

    private final Host host;
    private final WitnessRecorder recorder;
    private boolean told;
    private long since;
    private Optional<Long> retryAt = Optional.empty();
    private volatile Optional<String> words = Optional.empty();

    QuorumAlarm(Host host, WitnessRecorder recorder) {
        this.host = host;
        this.recorder = recorder;
    }

    /// What is wrong, if something is.
    Optional<String> words() {
        return words;
    }

    void advance(List<Cosigning> ledgers) throws InterruptedException {
        long elapsed = host.elapsed();
        List<Cosigning> late = ledgers.stream()
                .filter(each ->
                        each.waiting().isPresent() && elapsed - each.waiting().getAsLong() >= PATIENCE)
                .toList();
        if (!late.isEmpty() && words.isEmpty()) {
            since = elapsed - PATIENCE;
            words = Optional.of(describe(late));
            LOG.error("{}", words.orElseThrow());
        } else if (late.isEmpty() && words.isPresent()) {
            words = Optional.empty();
            LOG.info("Checkpoints have a quorum of witnesses again");
        }
        if (told != words.isPresent() && (retryAt.isEmpty() || elapsed - retryAt.orElseThrow() >= 0)) {
            tell(elapsed);
        }
    }

    private void tell(long elapsed) throws InterruptedException {
        try {
            if (words.isPresent()) {
                recorder.unwitnessed(words.orElseThrow());
            } else {
                recorder.witnessed("checkpoints have a quorum of witnesses again, after "
                        + Duration.ofNanos(elapsed - since).toSeconds() + " s");
            }
            told = words.isPresent();
            retryAt = Optional.empty();
        } catch (IOException full) {
            LOG.warn("The alarm on witnesses is not on record yet: {}", full.getMessage());
            retryAt = Optional.of(elapsed + PAUSE);
        }
    }

    private static String describe(List<Cosigning> late) {
        String names = late.stream().map(Cosigning::name).collect(Collectors.joining(", "));
        TreeSet<String> troubles = new TreeSet<>();
        late.forEach(each -> troubles.addAll(each.troubles()));
        return "no quorum of witnesses for " + PATIENCE / 1_000_000_000 + " s on " + names + ": "
                + (troubles.isEmpty() ? "too few witnesses have a URL" : String.join("; ", troubles));
    }
}
