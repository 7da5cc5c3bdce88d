package io.meshtrail.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.proof.AddCheckpointAnswer;
import io.meshtrail.proof.AddCheckpointVerdict;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.NoteVerdict;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What a witness does, request by request.
final class WitnessTest {
    @TempDir
    private Path folder;

    @Test
    void everyStepOfTheSequencesIsAnsweredAsStatedAlsoWhenTheWitnessStartsAnewEachTime() throws Exception {
        JsonNode vectors = Vectors.read();
        VerifierKey log = VerifierKey.parse(vectors.at("/log/vkey").asString());
        String name = vectors.at("/log/origin_hash_hex").asString();
        for (boolean restarting : List.of(false, true)) {
            for (JsonNode sequence : vectors.get("sequences")) {
                WitnessFixture fixture = new WitnessFixture(Files.createTempDirectory(folder, "state"));
                Witness witness = fixture.start(List.of(log), false);
                for (JsonNode step : sequence.get("steps")) {
                    witness = restarting ? fixture.start(List.of(log), false) : witness;
                    check(witness, step, name);
                }
            }
        }
    }

    private static void check(Witness witness, JsonNode step, String name) throws Exception {
        String what = step.get("what").asString();
        byte[] request = step.get("request").asString().getBytes(StandardCharsets.UTF_8);
        WitnessAnswer answer = witness.addCheckpoint(request);
        assertThat(answer.status())
                .as("%s: %s", what, answer.body())
                .isEqualTo(step.get("status").asInt());
        if (step.hasNonNull("content_type")) {
            assertThat(answer.contentType()).isEqualTo(step.get("content_type").asString());
            assertThat(answer.body()).isEqualTo(step.get("body").asString());
        }
        long size = witness.note(name)
                .map(SignedNote::text)
                .map(text -> Long.parseLong(text.split("\n")[1]))
                .orElse(0L);
        assertThat(size).as(what).isEqualTo(step.get("size_after").asLong());
    }

    @Test
    void aCosignatureVerifiesAndMonitorsSeeItUnderTheLogsSignature() throws Exception {
        WitnessFixture fixture = new WitnessFixture(folder);
        Witness witness = fixture.start(true);
        WitnessAnswer answer = witness.addCheckpoint(fixture.request(0, 7, "a"));
        assertThat(answer.status()).isEqualTo(200);
        List<VerifierKey> keys = new ArrayList<>();
        for (String line : witness.verifierKeys().lines().toList()) {
            keys.add(VerifierKey.parse(line));
        }
        assertThat(keys).hasSize(2);
        SignedNote sent = WitnessFixture.signed(fixture.log, 7, "a");
        SignedNote cosigned = new SignedNote(sent.text(), AddCheckpointAnswer.cosignatures(answer.bytes()));
        NoteVerdict.Accepted by = (NoteVerdict.Accepted) cosigned.verify(keys);
        assertThat(by.signers())
                .hasSize(2)
                .allMatch(signer -> signer.timestamp().getAsLong() == WitnessFixture.SECONDS);

        SignedNote shown =
                witness.note(WitnessMemory.nameOf(WitnessFixture.ORIGIN)).orElseThrow();
        keys.add(fixture.log.verifierKey());
        assertThat(((NoteVerdict.Accepted) shown.verify(keys)).signers()).hasSize(3);
        assertThat(witness.note("../" + WitnessMemory.nameOf(WitnessFixture.ORIGIN)))
                .isEmpty();
    }

    @Test
    void whatElseARequestCarriesIsNotShownToMonitors() throws Exception {
        WitnessFixture fixture = new WitnessFixture(folder);
        Witness witness = fixture.start(false);
        String strange = "\u2014 strange.example AAAAAAAAAAAA\n\u2014 log.example/security AAAAAAAAAAAA\n";
        byte[] request = (new String(fixture.request(0, 3, "a"), StandardCharsets.UTF_8) + strange)
                .getBytes(StandardCharsets.UTF_8);
        assertThat(witness.addCheckpoint(request).status()).isEqualTo(200);
        SignedNote shown =
                witness.note(WitnessMemory.nameOf(WitnessFixture.ORIGIN)).orElseThrow();
        assertThat(shown.signatures()).hasSize(2);
    }

    @Test
    void aWitnessThatDiesBetweenMemoryAndAnswerHasNotForgottenAndNotAnswered() throws Exception {
        WitnessFixture fixture = new WitnessFixture(folder);
        Witness witness = fixture.start(false);
        assertThat(witness.addCheckpoint(fixture.request(0, 5, "a")).status()).isEqualTo(200);

        fixture.disk.next(WatchedDisk.Next.FAILS_WITHOUT_EFFECT);
        assertThat(witness.addCheckpoint(fixture.request(5, 8, "a")).status()).isEqualTo(500);
        assertThat(fixture.start(false)
                        .addCheckpoint(fixture.request(5, 8, "b"))
                        .status())
                .isEqualTo(422);
        assertThat(witness.addCheckpoint(fixture.request(5, 8, "a")).status()).isEqualTo(200);

        fixture.disk.next(WatchedDisk.Next.FAILS_BUT_TOOK_EFFECT);
        WitnessAnswer unsaid = witness.addCheckpoint(fixture.request(8, 11, "a"));
        assertThat(unsaid.status()).isEqualTo(500);
        assertThat(unsaid.body()).doesNotContain("\u2014");
        for (Witness each : List.of(witness, fixture.start(false))) {
            WitnessAnswer conflict = each.addCheckpoint(fixture.request(8, 11, "a"));
            assertThat(conflict.status()).isEqualTo(409);
            assertThat(conflict.contentType()).isEqualTo(AddCheckpointVerdict.SIZE_CONTENT_TYPE);
            assertThat(conflict.body()).isEqualTo("11\n");
            assertThat(each.addCheckpoint(fixture.request(11, 11, "a")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void requestsThatCrossNeverRollTheMemoryBack() throws Exception {
        WitnessFixture fixture = new WitnessFixture(folder);
        Witness witness = fixture.start(false);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Callable<Integer>> senders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            long own = random.nextLong();
            senders.add(() -> send(fixture, witness, new Random(own)));
        }
        int accepted = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> each : threads.invokeAll(senders)) {
                accepted += each.get();
            }
        }
        List<Long> sizes = new ArrayList<>();
        for (byte[] file : fixture.disk.replaced()) {
            String text = new String(file, StandardCharsets.UTF_8);
            if (text.startsWith(WitnessFixture.ORIGIN)) {
                sizes.add(Checkpoint.parse(SignedNote.parse(file).text()).treeSize());
            }
        }
        assertThat(sizes).as("seed %d", seed).isSorted().hasSize(accepted).contains(64L);
    }

    /// Grows the log to 64 entries in random steps from whatever the witness says it knows.
    private static int send(WitnessFixture fixture, Witness witness, Random random) {
        int accepted = 0;
        long known = 0;
        while (known < 64) {
            long next = Math.min(64, known + 1 + random.nextInt(9));
            WitnessAnswer answer = witness.addCheckpoint(fixture.request(known, next, "a"));
            if (answer.status() == 200) {
                accepted++;
                known = next;
            } else {
                assertThat(answer.status()).as(answer.body()).isEqualTo(409);
                known = Long.parseLong(answer.body().strip());
            }
        }
        return accepted;
    }

    @Test
    void aForkIsKeptAsEvidenceWithBothCheckpoints() throws Exception {
        WitnessFixture fixture = new WitnessFixture(folder);
        Witness witness = fixture.start(false);
        assertThat(witness.addCheckpoint(fixture.request(0, 9, "a")).status()).isEqualTo(200);
        assertThat(witness.addCheckpoint(fixture.request(9, 9, "b")).status()).isEqualTo(422);
        assertThat(witness.addCheckpoint(fixture.request(9, 12, "b")).status()).isEqualTo(422);
        assertThat(witness.addCheckpoint(fixture.request(9, 12, "b")).status()).isEqualTo(422);
        List<String> kept = new ArrayList<>();
        try (java.util.stream.Stream<Path> files = Files.list(folder.resolve("evidence"))) {
            for (Path file : files.sorted().toList()) {
                kept.add(file.getFileName() + "\n" + Files.readString(file));
            }
        }
        assertThat(kept).hasSize(2);
        assertThat(kept.getFirst())
                .startsWith("fork-9-")
                .contains(WitnessFixture.signed(fixture.log, 9, "a").text())
                .contains(WitnessFixture.signed(fixture.log, 9, "b").print());
        assertThat(kept.getLast()).startsWith("unproven-12-");
    }

    @Test
    void theFileOfLogsIsReadAgainAndAWrongOneChangesNothing() throws Exception {
        WitnessFixture fixture = new WitnessFixture(folder);
        Witness witness = fixture.start(List.of(), false);
        Path logs = folder.resolve("logs.txt");
        assertThat(witness.addCheckpoint(fixture.request(0, 2, "a")).status()).isEqualTo(404);
        Files.writeString(logs, "# ours\n\n" + fixture.log.verifierKey() + "\n");
        assertThat(witness.addCheckpoint(fixture.request(0, 2, "a")).status()).isEqualTo(200);
        Files.writeString(logs, "not a key\n");
        assertThat(witness.addCheckpoint(fixture.request(2, 3, "a")).status()).isEqualTo(200);
        assertThatThrownBy(() -> fixture.start(List.of(), false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("logs.txt, line 1");
        Files.writeString(logs, "");
        assertThat(witness.addCheckpoint(fixture.request(3, 4, "a")).status()).isEqualTo(404);
    }

    @Test
    void aDamagedMemoryIsNoNewBeginning() throws Exception {
        WitnessFixture fixture = new WitnessFixture(folder);
        assertThat(fixture.start(false)
                        .addCheckpoint(fixture.request(0, 4, "a"))
                        .status())
                .isEqualTo(200);
        Path file = folder.resolve(WitnessMemory.nameOf(WitnessFixture.ORIGIN) + ".checkpoint");
        String note = Files.readString(file);
        Files.writeString(file, note.replace("\n4\n", "\n3\n"));
        assertThat(fixture.start(false)
                        .addCheckpoint(fixture.request(0, 5, "b"))
                        .status())
                .isEqualTo(500);
    }

    @Test
    void theNameIsFixedAtTheFirstStart() throws Exception {
        WitnessFixture fixture = new WitnessFixture(folder);
        String key = fixture.start(false).verifierKeys();
        assertThat(fixture.start(true).verifierKeys()).startsWith(key);
        assertThatThrownBy(() -> WitnessKeys.open(
                        new WitnessFixture.FixedHost(fixture.disk.disk()), folder, Optional.of("other"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot become 'other'");
    }
}
