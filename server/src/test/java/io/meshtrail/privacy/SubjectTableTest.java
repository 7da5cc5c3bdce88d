package io.meshtrail.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.attack.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the table keeps, what it destroys, and what it refuses to believe.
class SubjectTableTest {
    @TempDir
    private Path folder;

    private final Names.InMemoryRoot root = new Names.InMemoryRoot();

    @Test
    void aValueHasOnePseudonymAlsoAfterARestart() throws IOException {
        Pseudonym alice;
        try (Names names = new Names(folder, root)) {
            alice = names.add("alice");
            assertThat(names.add("alice")).isEqualTo(alice);
            assertThat(names.add("bob")).isNotEqualTo(alice);
            names.table.pseudonymOf("alice", SubjectField.USER_NAME);
        }
        try (Names names = new Names(folder, root)) {
            assertThat(names.add("alice")).isEqualTo(alice);
            Subject subject = names.table.subject(alice).orElseThrow();
            assertThat(subject.value()).isEqualTo("alice");
            assertThat(subject.fields()).containsExactly("user.id", "user.name");
            assertThat(Pseudonym.of(subject.salt(), "alice".getBytes(StandardCharsets.UTF_8)))
                    .as("the salt proves it")
                    .isEqualTo(alice);
        }
    }

    @Test
    void whatIsErasedIsGoneFromTheFileAndTheSameValueGetsAFreshPseudonym() throws IOException {
        try (Names names = new Names(folder, root)) {
            Pseudonym alice = names.add("alice@example.com");
            Pseudonym bob = names.add("bob");
            byte[] salt = names.table.subject(alice).orElseThrow().salt();
            names.erase(alice);
            assertThat(names.table.value(alice)).isEmpty();
            assertThat(names.table.find("alice@example.com")).isEmpty();
            assertThat(names.table.isErased(alice)).isTrue();
            assertThat(bytes()).doesNotContain("alice@example.com").doesNotContain(latin(salt));
            Pseudonym again = names.add("alice@example.com");
            assertThat(again).isNotEqualTo(alice);
            assertThat(names.table.value(alice)).as("the old one stays unknown").isEmpty();
            assertThat(names.table.value(bob)).contains("bob");
            assertThat(names.table.count()).isEqualTo(2);
        }
        assertThat(Files.getPosixFilePermissions(Names.file(folder))).hasSize(2);
    }

    @Test
    void anOldCopyOfTheTableBringsNobodyBack() throws IOException {
        Path copy = folder.resolve("copy");
        Pseudonym alice;
        try (Names names = new Names(folder, root)) {
            alice = names.add("alice");
            names.add("bob");
        }
        Files.copy(Names.file(folder), copy);
        try (Names names = new Names(folder, root)) {
            names.erase(alice);
        }
        Files.copy(copy, Names.file(folder), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(bytes()).contains("alice");
        try (Names names = new Names(folder, root)) {
            assertThat(names.table.value(alice)).isEmpty();
            assertThat(names.table.isErased(alice)).isTrue();
            assertThat(names.table.find("bob")).isPresent();
        }
        assertThat(bytes()).as("and it is destroyed in the copy too").doesNotContain("alice");
    }

    @Test
    void whatACrashCutShortIsCutOffWhereverTheCutIs() throws IOException {
        Pseudonym bob;
        long whole;
        try (Names names = new Names(folder, root)) {
            bob = names.add("bob");
            whole = Files.size(Names.file(folder));
            names.add("alice");
        }
        byte[] file = Files.readAllBytes(Names.file(folder));
        for (int end = (int) whole; end < file.length; end++) {
            Files.write(Names.file(folder), Arrays.copyOf(file, end));
            try (Names names = new Names(folder, root)) {
                assertThat(names.table.value(bob)).as("cut at %d", end).contains("bob");
                assertThat(names.table.count()).isEqualTo(1);
            }
            // Room that was given to the file before its bytes came.
            byte[] zeros = Arrays.copyOf(Arrays.copyOf(file, end), file.length);
            Files.write(Names.file(folder), end == whole ? Arrays.copyOf(zeros, file.length + 4_096) : zeros);
            try (Names names = new Names(folder, root)) {
                assertThat(names.table.value(bob)).as("zeros from %d", end).contains("bob");
            }
        }
    }

    @Test
    void aFlippedBitBeforeTheLastRowIsRefusedByName() throws IOException {
        try (Names names = new Names(folder, root)) {
            names.add("alice");
            names.add("bob");
        }
        byte[] file = Files.readAllBytes(Names.file(folder));
        int row = SubjectFile.MAGIC.length;
        int length = ByteBuffer.wrap(file).getInt(row);
        for (int at = 0; at < row + length; at++) {
            byte[] broken = file.clone();
            broken[at] ^= 0x10;
            Files.write(Names.file(folder), broken);
            assertThatThrownBy(() -> new Names(folder, root))
                    .as("byte %d", at)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("subjects");
        }
    }

    @Test
    void aRowWithAnotherValueThanItsPseudonymCommitsToIsRefusedThoughItsChecksumFits() throws IOException {
        try (Names names = new Names(folder, root)) {
            names.add("alice");
            names.add("bob");
        }
        byte[] file = Files.readAllBytes(Names.file(folder));
        int row = SubjectFile.MAGIC.length;
        file[row + SubjectRecord.VALUE] = 'A';
        int length = ByteBuffer.wrap(file).getInt(row);
        CRC32C crc = new CRC32C();
        crc.update(file, row + 8, length - 8);
        ByteBuffer.wrap(file).putInt(row + 4, (int) crc.getValue());
        Files.write(Names.file(folder), file);
        assertThatThrownBy(() -> new Names(folder, root))
                .hasMessageContaining("forged")
                .hasMessageContaining("~");
    }

    /// The pseudonym is in the ledger, so it stays; another value is tried in its row, with this salt and
    /// others. Nothing but the commitment is against it: the row alone is sound, and shows the other value.
    @Test
    void twoValuesForOnePseudonymAreRefusedByTheCommitmentAlone() throws IOException {
        Random random = Seed.random();
        Pseudonym alice;
        try (Names names = new Names(folder, root)) {
            alice = names.add("alice");
        }
        byte[] file = Files.readAllBytes(Names.file(folder));
        int row = SubjectFile.MAGIC.length;
        int length = ByteBuffer.wrap(file).getInt(row);
        byte[] other = Arrays.copyOfRange(file, row, row + length);
        other[SubjectRecord.VALUE + random.nextInt("alice".length())] ^= (byte) (1 + random.nextInt(15));
        other[SubjectRecord.SHORT + random.nextInt(Pseudonym.SALT)] ^= (byte) random.nextInt(256);
        SubjectRecord forged = SubjectRecord.parse(other);
        byte[] sound = forged.bytes().array();
        assertThat(SubjectRecord.isSound(sound)).isTrue();
        assertThat(forged.pseudonym()).as("what the ledger has").isEqualTo(alice);
        assertThat(new String(forged.value(), StandardCharsets.UTF_8))
                .as("what a table without commitments shows")
                .isNotEqualTo("alice");
        System.arraycopy(sound, 0, file, row, length);
        Files.write(Names.file(folder), file);
        assertThatThrownBy(() -> new Names(folder, root))
                .as("seed %d", Seed.VALUE)
                .hasMessageContaining("forged")
                .hasMessageContaining(alice.toString());
    }

    @Test
    void aFullTableTakesNoNewValueAndKnowsTheOthers() throws IOException {
        try (Names names = new Names(folder, root, 2)) {
            Pseudonym alice = names.add("alice");
            names.add("bob");
            assertThat(names.table.pseudonymOf("carol", SubjectField.USER_ID)).isEmpty();
            assertThat(names.table.pseudonymOf("alice", SubjectField.USER_ID)).contains(alice);
            names.erase(alice);
            assertThat(names.table.pseudonymOf("carol", SubjectField.USER_ID)).isPresent();
        }
    }

    /// Against a plain map, with values of all lengths and erasures in between.
    @Test
    void manySubjectsAreFoundBothWays() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<String, Pseudonym> expected = new HashMap<>();
        List<Pseudonym> gone = new ArrayList<>();
        try (Names names = new Names(folder, root)) {
            for (int i = 0; i < 20_000; i++) {
                String value = "u" + random.nextInt(9_000) + "é".repeat(random.nextInt(60));
                Optional<Pseudonym> added = names.table.pseudonymOf(value, SubjectField.USER_ID);
                Pseudonym before = expected.putIfAbsent(value, added.orElseThrow());
                assertThat(before == null || before.equals(added.get()))
                        .as("seed %d", seed)
                        .isTrue();
                if (i % 50 == 0) {
                    names.erase(expected.remove(value));
                    gone.add(added.get());
                }
            }
            names.table.durable();
            check(names, expected, gone, seed);
        }
        try (Names names = new Names(folder, root)) {
            check(names, expected, gone, seed);
        }
    }

    private static void check(Names names, Map<String, Pseudonym> expected, List<Pseudonym> gone, long seed) {
        String story = "seed " + seed;
        assertThat(names.table.count()).as(story).isEqualTo(expected.size());
        expected.forEach((value, pseudonym) -> {
            assertThat(names.table.find(value)).as(story).contains(pseudonym);
            assertThat(names.table.value(pseudonym)).as(story).contains(value);
        });
        assertThat(gone)
                .as(story)
                .allMatch(pseudonym -> names.table.value(pseudonym).isEmpty());
        List<String> listed = new ArrayList<>();
        Optional<Pseudonym> after = Optional.empty();
        SubjectTable.Some some = names.table.list(after, 777);
        while (true) {
            some.subjects().forEach(subject -> listed.add(subject.value()));
            if (some.all()) {
                break;
            }
            some = names.table.list(Optional.of(some.subjects().getLast().pseudonym()), 777);
        }
        assertThat(listed).as(story).containsExactlyInAnyOrderElementsOf(expected.keySet());
    }

    private String bytes() throws IOException {
        return latin(Files.readAllBytes(Names.file(folder)));
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
