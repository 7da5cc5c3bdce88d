package io.meshtrail.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.host.system.SystemHost;
import io.meshtrail.proof.AddCheckpointRequest;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.ConsistencyProof;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.HashReader;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.proof.TreeHead;
import io.meshtrail.witness.KnownLogs;
import io.meshtrail.witness.Witness;
import io.meshtrail.witness.WitnessKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two histories under one key: shown to two readers, signed elsewhere with a stolen key, or grown from an
/// old copy. A reader who remembers one of them, and a witness, see it; a witness that forgot does not.
class ForkedHistoryTest {
    private static final String ORIGIN = "log.example/security";

    @TempDir
    private Path folder;

    private final Random random = Seed.random();
    private final int common = 1 + random.nextInt(60);
    private final int size = common + 1 + random.nextInt(60);
    private SigningKey key;
    private int witnesses;

    @BeforeEach
    void key() throws Exception {
        key = SigningKey.ofSeed(ORIGIN, SignatureType.ED25519, new byte[32]);
    }

    /// A tree in memory.
    private static final class History implements HashReader {
        private final CompactRange range = new CompactRange();
        private final Map<String, Hash> nodes = new HashMap<>();

        History(int common, int size, String flavour) {
            for (int i = 0; i < size; i++) {
                String entry = (i < common ? "common" : flavour) + " " + i;
                range.append(
                        Hash.leaf(entry.getBytes(StandardCharsets.UTF_8)),
                        (height, index, node) -> nodes.put(height + "/" + index, node));
            }
        }

        TreeHead head() {
            return range.head();
        }

        @Override
        public Hash completeNode(int height, long index) {
            return nodes.get(height + "/" + index);
        }
    }

    private SignedNote sign(History history) {
        return Checkpoint.of(ORIGIN, history.head()).sign(key);
    }

    /// A witness over a folder of its own.
    private Witness witness() throws Exception {
        Path state = Files.createDirectories(folder.resolve("witness-" + witnesses++));
        SystemHost host = new SystemHost();
        return new Witness(
                host,
                state,
                WitnessKeys.open(host, state, Optional.of("witness.example/w1"), false),
                new KnownLogs(host.disk(), state.resolve("logs.txt"), List.of(key.verifierKey())));
    }

    private int ask(Witness witness, long old, List<Hash> proof, SignedNote note) {
        return witness.addCheckpoint(
                        new AddCheckpointRequest(old, proof, note).print().getBytes(StandardCharsets.UTF_8))
                .status();
    }

    private List<Hash> proof(History history, long old) {
        return ConsistencyProof.build(old, history.head().treeSize(), history).hashes();
    }

    @Test
    void aForkForTwoReadersIsSeenByWhoeverComparesAndByAWitness() throws Exception {
        History one = new History(common, size, "one");
        History other = new History(common, size + random.nextInt(20), "other");
        ConsistencyProof best =
                ConsistencyProof.build(one.head().treeSize(), other.head().treeSize(), other);
        assertThat(best.proves(one.head().root(), other.head().root()))
                .as("the second reader remembers the first history, seed %d", Seed.VALUE)
                .isFalse();

        Witness witness = witness();
        assertThat(ask(witness, 0, List.of(), sign(one))).isEqualTo(200);
        assertThat(ask(witness, size, best.hashes(), sign(other)))
                .as("seed %d", Seed.VALUE)
                .isEqualTo(422);
        assertThat(ask(witness(), 0, List.of(), sign(other)))
                .as("a witness that knows nothing of the first history")
                .isEqualTo(200);
    }

    @Test
    void aCheckpointSignedElsewhereWithTheStolenKeyStopsTheRealLedgerAtTheWitness() throws Exception {
        History real = new History(common, common, "real");
        History thief = new History(common, size, "thief");
        Witness witness = witness();
        assertThat(ask(witness, 0, List.of(), sign(real))).isEqualTo(200);
        assertThat(ask(witness, common, proof(thief, common), sign(thief)))
                .as("it extends what the witness knows")
                .isEqualTo(200);
        History grown = new History(common, size, "real");
        assertThat(ask(witness, common, proof(grown, common), sign(grown)))
                .as("the real ledger hears of a larger tree, seed %d", Seed.VALUE)
                .isEqualTo(409);
        assertThat(ask(witness, size, List.of(), sign(grown))).isEqualTo(422);
        assertThat(ask(witness(), 0, List.of(), sign(grown)))
                .as("without the memory of a witness")
                .isEqualTo(200);
    }

    @Test
    void aHistorySignedAgainWithTheStolenKeyIsRefusedByAWitness() throws Exception {
        History real = new History(size, size, "real");
        History again = new History(random.nextInt(size), size, "again");
        Witness witness = witness();
        assertThat(ask(witness, 0, List.of(), sign(real))).isEqualTo(200);
        assertThat(ask(witness, size, List.of(), sign(again)))
                .as("seed %d", Seed.VALUE)
                .isEqualTo(422);
        assertThat(ask(witness(), 0, List.of(), sign(again))).isEqualTo(200);
    }

    @Test
    void anOldBackupThatGrewDifferentlyIsRefusedByAWitness() throws Exception {
        History before = new History(common, size, "before");
        History after = new History(common, size + 1 + random.nextInt(30), "after");
        Witness witness = witness();
        assertThat(ask(witness, 0, List.of(), sign(before))).isEqualTo(200);
        List<Integer> answers = new ArrayList<>();
        answers.add(ask(witness, common, proof(after, common), sign(after)));
        answers.add(ask(witness, size, proof(after, size), sign(after)));
        assertThat(answers).as("seed %d", Seed.VALUE).containsExactly(409, 422);
        Witness forgot = witness();
        assertThat(ask(forgot, 0, List.of(), sign(new History(common, common, "before"))))
                .isEqualTo(200);
        assertThat(ask(forgot, common, proof(after, common), sign(after)))
                .as("a witness that was asked last before the backup")
                .isEqualTo(200);
    }
}
