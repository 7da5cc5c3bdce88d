package io.meshtrail.witness;

import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.ledger.Outside;
import io.meshtrail.ledger.WitnessRecorder;
import io.meshtrail.ledger.Witnessable;
import io.meshtrail.proof.TlogPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has every ledger's checkpoints cosigned by the witnesses of a policy.
///
/// One thread drives it; requests are under way between its steps, so it never waits for a witness.
public final class Cosigners implements Station, Outside {
    private static final Logger LOG = LoggerFactory.getLogger(Cosigners.class);

    private final Host host;
    private final Settings settings;
    private final WitnessTransport transport;
    private final List<Cosigner> cosigners;
    private volatile List<Cosigning> ledgers = List.of();
    private Optional<Supplier<List<Witnessable>>> open = Optional.empty();
    private Optional<WitnessRecorder> recorder = Optional.empty();
    private volatile Optional<QuorumAlarm> alarm = Optional.empty();
    private boolean announced;

    /// What is configured.
    ///
    /// @param text the policy file
    /// @param closed whether a checkpoint is shown only with its quorum
    /// @param timeout how long a witness may take
    public record Settings(TlogPolicy policy, String text, boolean closed, Duration timeout) {}

    public Cosigners(Host host, Settings settings, WitnessTransport transport) {
        this.host = host;
        this.settings = settings;
        this.transport = transport;
        Map<String, List<TlogPolicy.Witness>> byUrl = new LinkedHashMap<>();
        for (TlogPolicy.Witness witness : settings.policy().witnesses()) {
            witness.url()
                    .ifPresent(url -> byUrl.computeIfAbsent(url, each -> new ArrayList<>())
                            .add(witness));
        }
        this.cosigners = byUrl.entrySet().stream()
                .map(each -> new Cosigner(each.getKey(), each.getValue()))
                .toList();
    }

    @Override
    public boolean decides() {
        return settings.closed();
    }

    @Override
    public void ask(Supplier<List<Witnessable>> asked) throws IOException {
        open = Optional.of(asked);
        takeNew();
        try {
            for (Cosigning ledger : ledgers) {
                ledger.restore();
                ledger.askAnew();
            }
            for (Cosigning ledger : ledgers) {
                ledger.awaitAnswers();
                ledger.report();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the witnesses were asked", stopped);
        }
    }

    /// Ledgers may be opened while the server runs.
    private void takeNew() {
        List<Witnessable> all = open.map(Supplier::get).orElse(List.of());
        if (all.size() == ledgers.size()) {
            return;
        }
        List<Cosigning> more = new ArrayList<>(ledgers);
        for (Witnessable ledger : all) {
            if (more.stream().noneMatch(known -> known.name().equals(ledger.name()))) {
                List<Asking> askings = cosigners.stream()
                        .map(cosigner -> new Asking(host, ledger, cosigner, transport, settings.timeout()))
                        .toList();
                more.add(new Cosigning(host, ledger, settings.policy(), askings));
            }
        }
        ledgers = List.copyOf(more);
    }

    /// Where it is written what happens with the witnesses; comes second, since `root` is one of the ledgers.
    public void through(WitnessRecorder root) {
        recorder = Optional.of(root);
        alarm = Optional.of(new QuorumAlarm(host, root));
    }

    /// @throws io.meshtrail.ledger.StaleDataException if a witness knows a larger or another tree: the server must stop
    @Override
    public boolean advance() throws IOException, InterruptedException {
        takeNew();
        announce();
        if (announced) {
            ledgers.forEach(Cosigning::mayShow);
        }
        for (Cosigning ledger : ledgers) {
            ledger.advance();
        }
        if (alarm.isPresent()) {
            alarm.orElseThrow().advance(ledgers);
        }
        return false;
    }

    private void announce() throws InterruptedException {
        if (announced || recorder.isEmpty()) {
            return;
        }
        announced = true;
        try {
            recorder.orElseThrow().policy(settings.closed() ? "closed" : "open", settings.text());
        } catch (IOException full) {
            LOG.warn("The witness policy is not on record: {}", full.getMessage());
        }
    }

    /// Why checkpoints have no quorum, if they have none.
    public Optional<String> trouble() {
        return alarm.flatMap(QuorumAlarm::words);
    }

    /// What became of the requests, by submission URL.
    public List<CosignerFigures> figures() {
        return cosigners.stream().map(Cosigner::figures).toList();
    }
}
