package io.meshtrail.ledger;

import static io.meshtrail.ledger.LedgerFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.event.Outcome;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.TlogPolicy;
import io.meshtrail.proof.TreeHead;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.proof.VerifyProof;
import io.meshtrail.witness.Cosigners;
import io.meshtrail.witness.WitnessTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log's side of the witness protocol, over real ledgers and step by step.
final class CosignersTest {
    private static final String TRAFFIC = "log.example/traffic";
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path folder;

    private final Map<String, FakeWitness> witnesses = new LinkedHashMap<>();
    private final List<String> recorded = new ArrayList<>();
    private FakeWitness one;
    private FakeWitness two;
    private FakeWitness three;
    private String policy;
    private int number;

    @BeforeEach
    void makeWitnesses() throws Exception {
        one = new FakeWitness("one.example", 1);
        two = new FakeWitness("two.example", 2);
        three = new FakeWitness("three.example", 3);
        witnesses.put("http://one/", one);
        witnesses.put("http://two", two);
        witnesses.put("http://three", three);
        policy = "witness w1 " + one.key.verifierKey() + " http://one/\nwitness w2 " + two.key.verifierKey()
                + " http://two\nwitness w3 " + three.key.verifierKey()
                + " http://three\ngroup two-of-three 2 w1 w2 w3\nquorum two-of-three\n";
    }

    /// A server with these witnesses, whose station a test advances.
    private final class Server implements AutoCloseable {
        final SteppedLedgers ledgers;
        private Cosigners cosigners;

        Server(boolean closed) throws Exception {
            TlogPolicy parsed = TlogPolicy.parse(policy.getBytes(StandardCharsets.UTF_8));
            WitnessTransport transport = (url, body, timeout) -> {
                String prefix = url.substring(0, url.length() - "add-checkpoint".length());
                FakeWitness witness = witnesses.containsKey(prefix)
                        ? witnesses.get(prefix)
                        : witnesses.get(prefix.substring(0, prefix.length() - 1));
                try {
                    return witness.post(body, logs());
                } catch (IOException gone) {
                    throw new AssertionError(gone);
                }
            };
            ledgers = new SteppedLedgers(folder, RefusingDisk.sound(), SteppedLedgers.JOURNAL_CAP, List.of(), host -> {
                cosigners = new Cosigners(
                        host, new Cosigners.Settings(parsed, policy, closed, Duration.ofMillis(100)), transport);
                return cosigners;
            });
            cosigners.through(recorder());
        }

        private List<VerifierKey> logs() throws IOException {
            List<VerifierKey> keys = new ArrayList<>();
            for (Path ledger :
                    RefusingDisk.sound().listFolders(folder.resolve("data").resolve("ledger"))) {
                try {
                    keys.add(VerifierKey.parse(
                            Files.readString(ledger.resolve("key")).strip()));
                } catch (Exception gone) {
                    throw new AssertionError(gone);
                }
            }
            return keys;
        }

        LedgerReader traffic() {
            return ledgers.set.named("traffic").orElseThrow();
        }

        /// Writes into `root` which ledgers there are.
        void open() throws Exception {
            ledgers.whileSequencing(() -> ledgers.set.announce("test"));
        }

        void append(int count) throws Exception {
            for (int i = 0; i < count; i++) {
                ledgers.send(request(number++, Outcome.ALLOWED));
            }
            ledgers.settle();
        }

        void advance(int steps) throws Exception {
            for (int i = 0; i < steps; i++) {
                cosigners.advance();
            }
        }

        String checkpoint() {
            return new String(traffic().checkpoint().orElseThrow(), StandardCharsets.UTF_8);
        }

        VerifyProof.Result verify(long leafIndex) throws Exception {
            TlogPolicy demanded = TlogPolicy.parse(policy.getBytes(StandardCharsets.UTF_8));
            return new VerifyProof(List.of(VerifierKey.parse(traffic().verifierKey())), demanded)
                    .check(traffic().proof(leafIndex).orElseThrow(), traffic().entry(leafIndex));
        }

        @Override
        public void close() throws IOException {
            ledgers.close();
        }
    }

    private WitnessRecorder recorder() {
        return new WitnessRecorder() {
            @Override
            public void policy(String mode, String text) {
                recorded.add("policy " + mode);
            }

            @Override
            public void unwitnessed(String why) {
                recorded.add("unwitnessed " + why);
            }

            @Override
            public void witnessed(String detail) {
                recorded.add("witnessed " + detail);
            }
        };
    }

    @Test
    void anEventBecomesWitnessedAndItsProofCarriesTheQuorum() throws Exception {
        try (Server server = new Server(false)) {
            server.append(3);
            assertThat(server.traffic().stage(2)).isEqualTo(Stage.PUBLISHED);
            assertThat(server.verify(2)).isInstanceOf(VerifyProof.Result.Failed.class);
            server.advance(2);
            assertThat(server.traffic().stage(2)).isEqualTo(Stage.WITNESSED);
            assertThat(server.verify(2)).isInstanceOf(VerifyProof.Result.Ok.class);
            assertThat(server.checkpoint().lines().filter(line -> line.startsWith("\u2014")))
                    .hasSize(4);
            assertThat(server.traffic().status().witnesses())
                    .extracting(WitnessStatus::name, WitnessStatus::size)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("w1", 3L),
                            org.assertj.core.groups.Tuple.tuple("w2", 3L),
                            org.assertj.core.groups.Tuple.tuple("w3", 3L));

            // What follows is shown at once; proofs of what is witnessed keep their quorum.
            server.append(2);
            assertThat(server.checkpoint()).startsWith(TRAFFIC + "\n5\n");
            assertThat(server.traffic().stage(4)).isEqualTo(Stage.PUBLISHED);
            assertThat(server.verify(2)).isInstanceOf(VerifyProof.Result.Ok.class);
            server.advance(2);
            assertThat(server.traffic().stage(4)).isEqualTo(Stage.WITNESSED);
            assertThat(recorded).containsExactly("policy open");
        }
    }

    @Test
    void theWitnessedNoteOutlivesARestartAndVerifyChecksIt() throws Exception {
        try (Server server = new Server(false)) {
            server.open();
            server.append(3);
            server.advance(2);
            assertThat(server.ledgers.fsck().findings()).isEmpty();
        }
        one.mood = FakeWitness.Mood.DOWN;
        two.mood = FakeWitness.Mood.DOWN;
        three.mood = FakeWitness.Mood.DOWN;
        Path file = folder.resolve("data/ledger/traffic/witnessed");
        byte[] kept = Files.readAllBytes(file);
        try (Server server = new Server(false)) {
            assertThat(server.traffic().stage(2)).isEqualTo(Stage.WITNESSED);
            assertThat(server.verify(2)).isInstanceOf(VerifyProof.Result.Ok.class);
            String text = new String(kept, StandardCharsets.UTF_8);
            Files.writeString(file, text.replaceFirst("\n3\n", "\n2\n"));
            assertThat(server.ledgers.fsck().findings())
                    .anyMatch(finding -> finding.file().equals("ledger/traffic/witnessed"));
        }
        // A damaged one is no reason to stop: it is made anew.
        try (Server server = new Server(false)) {
            assertThat(server.traffic().stage(2)).isEqualTo(Stage.PUBLISHED);
            assertThat(server.ledgers.set.named("traffic").orElseThrow().publishedSize())
                    .isEqualTo(3);
        }
    }

    @Test
    void oneOfThreeMayBeAwayAndItsReturnIsNoticed() throws Exception {
        one.mood = FakeWitness.Mood.DOWN;
        try (Server server = new Server(false)) {
            server.append(1);
            server.advance(2);
            assertThat(server.traffic().stage(0)).isEqualTo(Stage.WITNESSED);
            WitnessStatus away = server.traffic().status().witnesses().getFirst();
            assertThat(away.size()).isZero();
            assertThat(away.trouble())
                    .hasValueSatisfying(words -> assertThat(words).contains("connection refused"));
            int asked = one.asked;
            server.advance(5);
            assertThat(one.asked).as("left alone for a while").isEqualTo(asked);

            one.mood = FakeWitness.Mood.WELL;
            server.ledgers.host.pass(40 * SECOND);
            server.append(1);
            server.advance(2);
            assertThat(server.traffic().status().witnesses().getFirst().size()).isEqualTo(2);
            assertThat(server.traffic().status().witnesses().getFirst().trouble())
                    .isEmpty();
        }
    }

    @Test
    void aQuorumIsNeverSpreadOverCheckpointsAndASlowWitnessDelaysItOnlyUntilItsTimeOut() throws Exception {
        try (Server server = new Server(false)) {
            server.advance(2);
            two.mood = FakeWitness.Mood.DOWN;
            three.mood = FakeWitness.Mood.HOLDS_ITS_ANSWER;
            server.append(1);
            server.advance(2);
            server.append(1);
            server.advance(3);
            assertThat(one.size(TRAFFIC))
                    .as("the candidate stays while an answer is under way")
                    .isEqualTo(1);
            assertThat(server.traffic().witnessedSize()).isZero();
            three.timesOut();
            two.mood = FakeWitness.Mood.WELL;
            server.ledgers.host.pass(2 * SECOND);
            server.advance(3);
            assertThat(server.traffic().witnessedSize()).isEqualTo(2);
        }
    }

    @Test
    void withoutAQuorumAnOpenServerGoesOnAndTellsOnceUntilItIsBack() throws Exception {
        try (Server server = new Server(false)) {
            server.append(1);
            server.advance(2);
            one.mood = FakeWitness.Mood.DOWN;
            two.mood = FakeWitness.Mood.BUSY;
            for (int i = 0; i < 30; i++) {
                server.append(1);
                server.advance(2);
                server.ledgers.host.pass(SECOND);
            }
            assertThat(server.traffic().stage(30)).isEqualTo(Stage.PUBLISHED);
            assertThat(server.cosigners.trouble()).isPresent();
            assertThat(recorded).hasSize(2);
            assertThat(recorded.get(1))
                    .contains("unwitnessed", "traffic", "w1 (http://one/)", "connection refused", "503");
            one.mood = FakeWitness.Mood.WELL;
            server.ledgers.host.pass(40 * SECOND);
            server.advance(3);
            assertThat(server.traffic().stage(30)).isEqualTo(Stage.WITNESSED);
            assertThat(server.cosigners.trouble()).isEmpty();
            assertThat(recorded).hasSize(3);
            assertThat(recorded.get(2)).startsWith("witnessed ");
        }
    }

    @Test
    void aClosedServerShowsACheckpointOnlyWithItsQuorum() throws Exception {
        try (Server server = new Server(true)) {
            server.open();
            server.append(2);
            assertThat(server.traffic().checkpoint()).isEmpty();
            assertThat(server.traffic().stage(1)).isEqualTo(Stage.INTEGRATED);
            assertThat(server.traffic().proof(1)).isEmpty();
            server.advance(2);
            assertThat(server.traffic().stage(1)).isEqualTo(Stage.WITNESSED);
            assertThat(server.traffic().publishedSize()).isEqualTo(2);
            assertThat(server.ledgers.fsck().findings()).isEmpty();

            one.mood = FakeWitness.Mood.DOWN;
            two.mood = FakeWitness.Mood.DOWN;
            server.append(2);
            server.advance(3);
            assertThat(server.traffic().publishedSize()).isEqualTo(2);
            assertThat(server.verify(1)).isInstanceOf(VerifyProof.Result.Ok.class);
        }
        try (Server server = new Server(true)) {
            assertThat(server.traffic().publishedSize()).isEqualTo(2);
            assertThat(server.traffic().size()).isEqualTo(4);
            two.mood = FakeWitness.Mood.WELL;
            server.ledgers.host.pass(40 * SECOND);
            server.advance(3);
            assertThat(server.traffic().publishedSize()).isEqualTo(4);
        }
    }

    @Test
    void aWitnessThatKnowsLessOrHasForgottenIsBroughtUpToDate() throws Exception {
        try (Server server = new Server(false)) {
            server.append(3);
            server.advance(2);
        }
        try (Server server = new Server(false)) {
            server.append(4);
            server.advance(2);
            assertThat(server.traffic().witnessedSize()).isEqualTo(7);
            one.knows(TRAFFIC, TreeHead.EMPTY);
            server.append(1);
            server.advance(3);
            assertThat(one.size(TRAFFIC)).isEqualTo(8);
        }
    }

    @Test
    void aLedgerThatIsOpenedLaterIsWitnessedToo() throws Exception {
        for (boolean closed : List.of(false, true)) {
            try (Server server = new Server(closed)) {
                server.open();
                server.advance(2);
                List<LedgerSettings> settings = new ArrayList<>(DefaultLedgers.settings());
                settings.add(new LedgerSettings("later" + closed, Duration.ofDays(1), false));
                server.ledgers.whileSequencing(
                        () -> server.ledgers.set.configure(settings, server.ledgers.set.router()));
                server.advance(2);
                LedgerReader later = server.ledgers.set.named("later" + closed).orElseThrow();
                assertThat(new String(later.checkpoint().orElseThrow(), StandardCharsets.UTF_8)
                                .lines()
                                .filter(line -> line.startsWith("\u2014")))
                        .hasSize(4);
            }
        }
    }

    @Test
    void aServerThatWasRolledBackDoesNotStart() throws Exception {
        try (Server server = new Server(false)) {
            server.append(3);
            server.advance(2);
        }
        two.knows(TRAFFIC, new TreeHead(5, Hash.leaf(new byte[1])));
        byte[] before = Files.readAllBytes(folder.resolve("data.state/traffic.checkpoint"));
        assertThatThrownBy(() -> new Server(false))
                .isInstanceOf(StaleDataException.class)
                .hasMessageContaining("witness w2 (http://two)")
                .hasMessageContaining("cosigned 5 entries of ledger traffic")
                .hasMessageContaining("signed here has 3");
        assertThat(Files.readAllBytes(folder.resolve("data.state/traffic.checkpoint")))
                .isEqualTo(before);
    }

    @Test
    void aServerWhoseTreeIsAnotherDoesNotStart() throws Exception {
        try (Server server = new Server(false)) {
            server.append(3);
            server.advance(2);
        }
        two.knows(TRAFFIC, new TreeHead(3, Hash.leaf(new byte[1])));
        assertThatThrownBy(() -> new Server(false))
                .isInstanceOf(StaleDataException.class)
                .hasMessageContaining("another tree of 3 entries of ledger traffic");
    }

    @Test
    void aRunningServerStopsAndItsLedgerSignsNothingMore() throws Exception {
        try (Server server = new Server(false)) {
            server.append(3);
            server.advance(2);
            three.knows(TRAFFIC, new TreeHead(9, Hash.leaf(new byte[1])));
            server.append(1);
            assertThatThrownBy(() -> server.advance(3))
                    .isInstanceOf(StaleDataException.class)
                    .hasMessageContaining("cosigned 9 entries of ledger traffic");
            server.append(2);
            assertThat(server.traffic().publishedSize()).isEqualTo(4);
            SignedNote signed = SignedNote.parse(Files.readAllBytes(folder.resolve("data.state/traffic.checkpoint")));
            assertThat(signed.text()).startsWith(TRAFFIC + "\n4\n");
        }
    }

    @Test
    void aSignatureByAnotherKeyOfTheSameNameCountsNothing() throws Exception {
        one.mood = FakeWitness.Mood.SIGNS_WITH_ANOTHER_KEY;
        two.mood = FakeWitness.Mood.SIGNS_WITH_ANOTHER_KEY;
        try (Server server = new Server(false)) {
            server.append(1);
            server.advance(3);
            assertThat(server.traffic().witnessedSize()).isZero();
            assertThat(server.traffic().status().witnesses().getFirst().trouble())
                    .hasValueSatisfying(words -> assertThat(words).contains("no line of its answer verifies"));
        }
    }

    @Test
    void aWitnessThatDoesNotKnowUsIsShownWithTheLineItNeeds() throws Exception {
        one.mood = FakeWitness.Mood.DOES_NOT_KNOW_US;
        try (Server server = new Server(false)) {
            server.append(1);
            server.advance(2);
            Optional<String> trouble =
                    server.traffic().status().witnesses().getFirst().trouble();
            assertThat(trouble)
                    .hasValueSatisfying(words ->
                            assertThat(words).contains("404", server.traffic().verifierKey()));
            assertThat(server.traffic().stage(0)).isEqualTo(Stage.WITNESSED);
        }
    }
}
