package io.meshtrail;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.Stage;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.InclusionProof;
import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.TlogProof;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryParser;
import io.meshtrail.query.Search;
import io.meshtrail.query.embedded.EmbeddedQueryEngine;
import io.meshtrail.segment.SampleEvents;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Hints;
import io.meshtrail.source.istio.IstioJsonDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole story in one page: a line that an Istio waypoint wrote when it denied a request becomes an event, an
/// entry that no crash can lose, a hit of a search, a proof for a stranger, and at last a row of a Parquet file
/// that is still the same entry.
class LifeOfAnEventTest {
    private static final Path LINE = Path.of("src/test/golden/istio-json/waypoint-denied.in");

    @TempDir
    private Path folder;

    @Test
    void aDenialIsReceivedFoundProvenSealedAndReadBack() throws Exception {
        try (Workbench bench = new Workbench(folder, 256)) {
            LedgerReader security = bench.ledgers.named("security").orElseThrow();

            // Bytes in, an event out. A decoder knows no network and no clock.
            Decoded decoded = new IstioJsonDecoder()
                    .decode(Files.readAllBytes(LINE), Hints.none(bench.host.now()))
                    .getFirst();
            AuditEvent event = ((Decoded.Event) decoded).event();
            assertThat(event.text(Field.OUTCOME)).contains("denied");
            assertThat(event.text(Field.POLICY_NAME)).contains("default/layer7-authz");

            // Sequenced: the answer means that it is durable, and names its place.
            Address address =
                    bench.append(List.of(event)).placements().getFirst().address();
            assertThat(address).hasToString("security/0");

            // Integrated, published, searchable: within moments, each by a station of its own.
            bench.settle();
            assertThat(security.stage(0)).isEqualTo(Stage.PUBLISHED);
            EmbeddedQueryEngine queries = new EmbeddedQueryEngine(bench.index, bench.host::elapsed);
            assertThat(find(queries)).extracting(Hit::address).containsExactly(address);

            // Proven: whoever has the key, the proof and the entry needs no server of ours.
            byte[] entry = security.entry(0);
            assertProven(entry, security.proof(0).orElseThrow(), security.verifierKey());

            // Sealed: with enough others it becomes a row of a segment, and its journal goes.
            List<AuditEvent> others = new ArrayList<>();
            for (AuditEvent other : SampleEvents.requests(1, 0, 299)) {
                others.add(other.toBuilder()
                        .outcome(io.meshtrail.event.Outcome.DENIED)
                        .build());
            }
            bench.append(others);
            bench.seal();
            assertThat(security.sealedSize()).isEqualTo(256);
            assertThat(security.entry(0)).as("the row is the entry").isEqualTo(entry);
            assertThat(find(queries)).extracting(Hit::address).containsExactly(address);
            assertThat(find(queries).getFirst().event()).isEqualTo(EventCodec.decode(entry));
            assertProven(entry, security.proof(0).orElseThrow(), security.verifierKey());

            // Whoever has the folder can hash it all again.
            bench.stop();
            assertThat(bench.fsck().findings()).isEmpty();
        }
    }

    private static List<Hit> find(EmbeddedQueryEngine queries) throws Exception {
        Search search = new Search(
                QueryParser.parse("outcome:denied policy.name:default/layer7-authz", 0),
                Long.MIN_VALUE,
                Long.MAX_VALUE);
        return queries.events(search, 10, Optional.empty()).hits();
    }

    private static void assertProven(byte[] entry, byte[] proofFile, String key) throws Exception {
        TlogProof proof = TlogProof.parse(proofFile);
        assertThat(proof.note().verify(List.of(VerifierKey.parse(key)))).isInstanceOf(NoteVerdict.Accepted.class);
        Checkpoint checkpoint = Checkpoint.parse(proof.note().text());
        InclusionProof inclusion = new InclusionProof(proof.leafIndex(), checkpoint.treeSize(), proof.hashes());
        assertThat(inclusion.proves(Hash.leaf(entry), checkpoint.root())).isTrue();
    }
}
