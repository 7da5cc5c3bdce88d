package io.meshtrail.app;

import io.meshtrail.event.Address;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.ingest.Checkpoints;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.LedgerSet;
import io.meshtrail.ledger.Outside;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.TlogPolicy;
import io.meshtrail.witness.CosignerFigures;
import io.meshtrail.witness.Cosigners;
import io.meshtrail.witness.http.HttpWitnessTransport;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The server's witnesses, if it has some: reads the policy, makes the station, and shows how it does.
final class Witnessing implements AutoCloseable {
    private final HttpWitnessTransport transport = new HttpWitnessTransport();
    private final Optional<Cosigners> cosigners;

    private Witnessing(Optional<Cosigners.Settings> settings, Host host) {
        this.cosigners = settings.map(given -> new Cosigners(host, given, transport));
    }

    /// @throws ConfigException if the policy cannot be read or can never be satisfied
    static Witnessing of(Host host, WitnessConfig config) throws IOException {
        if (config.policy().isEmpty()) {
            return new Witnessing(Optional.empty(), host);
        }
        Path file = config.policy().orElseThrow();
        if (!host.disk().exists(file)) {
            throw new ConfigException("witness.policy", file.toString(), "a file that is there");
        }
        byte[] text = host.disk().read(file);
        TlogPolicy policy;
        try {
            policy = TlogPolicy.parse(text);
        } catch (MalformedException wrong) {
            throw new ConfigException(file + ": " + wrong.getMessage());
        }
        Set<String> reachable = policy.witnesses().stream()
                .filter(witness -> witness.url().isPresent())
                .map(TlogPolicy.Witness::name)
                .collect(Collectors.toSet());
        if (policy.quorum().isEmpty() || !policy.isSatisfiedBy(reachable)) {
            throw new ConfigException(file + ": its quorum "
                    + policy.quorum()
                            .map(name ->
                                    "'" + name + "' cannot be reached by witnesses with a URL, which are " + reachable)
                            .orElse("is none"));
        }
        return new Witnessing(
                Optional.of(new Cosigners.Settings(
                        policy, new String(text, StandardCharsets.UTF_8), config.closed(), config.timeout())),
                host);
    }

    /// Who is asked before anything is signed.
    Outside outside() {
        return cosigners.<Outside>map(each -> each).orElse(Outside.NONE);
    }

    /// What collects cosignatures.
    Optional<Station> station(LedgerSet set) {
        cosigners.ifPresent(each -> each.through(set.root()));
        return cosigners.map(each -> each);
    }

    /// How far the ledgers have come, for senders that wait.
    Checkpoints checkpoints(LedgerSet set) {
        return new Checkpoints() {
            @Override
            public long published(String ledger) {
                return set.named(ledger).map(LedgerReader::publishedSize).orElse(0L);
            }

            @Override
            public boolean hasWitnesses() {
                return cosigners.isPresent();
            }

            @Override
            public long witnessed(String ledger) {
                return set.named(ledger).map(LedgerReader::witnessedSize).orElse(0L);
            }

            @Override
            public Optional<String> proof(Address address) throws IOException {
                Optional<LedgerReader> ledger = set.named(address.ledger());
                return ledger.isEmpty()
                        ? Optional.empty()
                        : ledger.orElseThrow()
                                .proof(address.leafIndex())
                                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
            }
        };
    }

    void meter(MeterRegistry metrics, LedgerSet set) {
        if (cosigners.isEmpty()) {
            return;
        }
        Cosigners station = cosigners.orElseThrow();
        Gauge.builder(
                        "meshtrail.witness.quorum",
                        station,
                        each -> each.trouble().isEmpty() ? 1 : 0)
                .description("1 while checkpoints get their quorum of witnesses, 0 during an alarm")
                .register(metrics);
        for (LedgerReader ledger : set.all()) {
            Gauge.builder("meshtrail.witness.lag", ledger, each -> each.publishedSize() - each.witnessedSize())
                    .description("Entries that are published and not witnessed")
                    .tag("ledger", ledger.name())
                    .register(metrics);
        }
        for (int i = 0; i < station.figures().size(); i++) {
            count(metrics, station, i, "cosigned", CosignerFigures::cosigned);
            count(metrics, station, i, "refused", CosignerFigures::refused);
            count(metrics, station, i, "failed", CosignerFigures::failed);
        }
    }

    private static void count(
            MeterRegistry metrics,
            Cosigners station,
            int number,
            String result,
            Function<CosignerFigures, Long> figure) {
        FunctionCounter.builder(
                        "meshtrail.witness.requests",
                        station,
                        each -> figure.apply(each.figures().get(number)))
                .description("Requests to a witness, by what became of them")
                .tag("witness", station.figures().get(number).witness())
                .tag("result", result)
                .register(metrics);
    }

    @Override
    public void close() {
        transport.close();
    }
}
