package io.meshtrail.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.SignedNote;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/verify.md`: what others need no code of ours for.
final class PublicToolsTest {
    private static final List<String> LEDGERS = List.of("control", "root", "security", "traffic");

    @TempDir
    private Path folder;

    private ServerProcess start() throws Exception {
        ServerProcess server = ServerProcess.Plan.in(folder.resolve("data"))
                .with("MESHTRAIL_SEAL_EVENTS", Integer.toString(Filling.SEAL))
                .start();
        Filling.segments(server.api());
        Filling.denials(server.api(), "d", 300);
        return server;
    }

    @Test
    void the_script_of_the_docs_recomputes_the_signed_roots_from_the_files_alone() throws Exception {
        Path python = PublicPrograms.python();
        List<String> command =
                new ArrayList<>(List.of(python.toString(), Packaged.root() + "/docs/verify/recompute.py"));
        try (ServerProcess server = start()) {
            for (String ledger : LEDGERS) {
                command.addAll(List.of(
                        "--key",
                        server.api().get("/ledger/" + ledger + "/key").body().strip()));
            }
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
        Path data = folder.resolve("data");
        Cli sound = check(command, data);
        assertThat(sound.exit()).as("%s", sound).isZero();
        for (String ledger : LEDGERS) {
            Checkpoint signed = Checkpoint.parse(
                    SignedNote.parse(Files.readAllBytes(data.resolve("ledger/" + ledger + "/checkpoint")))
                            .text());
            assertThat(sound.output())
                    .containsPattern("(?m)^" + ledger + " +size " + signed.treeSize() + ", root \\Q"
                            + signed.root().base64() + "\\E: ");
        }
        assertThat(files(data, ".parquet")).hasSizeGreaterThanOrEqualTo(2);
        for (Path parquet : files(data, ".parquet")) {
            assertNamed(command, data, parquet, parquet.toFile().length() / 2, parquet.toString());
        }
        // The journal's own sums are passed over by the script: the root must tell.
        Path journal = files(data.resolve("journal/security"), ".journal").getFirst();
        assertNamed(command, data, journal, 20 + 40 + 30, "security +NOT SOUND: the first 300 entries have the root");
    }

    private static Cli check(List<String> command, Path data) {
        List<String> whole = new ArrayList<>(command);
        whole.add(data.toString());
        return Cli.command(data, whole);
    }

    private void assertNamed(List<String> command, Path data, Path file, long offset, String named) throws Exception {
        Path copy = folder.resolve("copy");
        Folders.copy(data, copy);
        try (RandomAccessFile flipped =
                new RandomAccessFile(copy.resolve(data.relativize(file)).toFile(), "rw")) {
            flipped.seek(offset);
            int old = flipped.read();
            flipped.seek(offset);
            flipped.write(old ^ 1);
        }
        Cli damaged = check(command, copy);
        assertThat(damaged.exit()).as("%s", damaged).isEqualTo(1);
        assertThat(damaged.output()).containsPattern(named.replace(data.toString(), copy.toString()));
        Folders.delete(copy);
    }

    private static List<Path> files(Path below, String suffix) throws Exception {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }

    @Test
    void the_commands_of_the_docs_prove_one_event_and_refuse_another() throws Exception {
        try (ServerProcess server =
                ServerProcess.Plan.in(folder.resolve("data")).start()) {
            Filling.denials(server.api(), "d", 5);
            String honest =
                    oneEvent().replace("http://127.0.0.1:7070", server.web().toString());
            Cli proven = Cli.command(folder, List.of("bash", "-euo", "pipefail", "-c", honest));
            assertThat(proven.exit()).as("%s", proven).isZero();
            assertThat(proven.output())
                    .contains("Signature Verified Successfully", "entry 1 is in the ledger of size 5 with the root ");
            for (String lie : List.of("printf ' ' >> entry", "sed -i 's/^5$/6/' entry.tlog-proof")) {
                Cli refused = Cli.command(
                        folder,
                        List.of("bash", "-euo", "pipefail", "-c", honest.replace("\nvkey=", "\n" + lie + "\nvkey=")));
                assertThat(refused.exit()).as("%s: %s", lie, refused).isNotZero();
                assertThat(refused.output()).doesNotContain("is in the ledger");
            }
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
    }

    /// The blocks of the section, one after the other.
    private static String oneEvent() throws Exception {
        String page = Files.readString(Packaged.root().resolve("docs/verify.md"));
        String section = page.substring(page.indexOf("\n## One event")).replaceFirst("(?s)^(\\n## .*?)\\n## .*$", "$1");
        return Pattern.compile("(?s)```\\n(.*?)```")
                .matcher(section)
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining());
    }

    @Test
    void fsck_of_the_tessera_project_finds_the_served_ledger_sound() throws Exception {
        Path fsck = PublicPrograms.tesseraFsck();
        try (ServerProcess server = start()) {
            for (String ledger : List.of("security", "traffic")) {
                Checkpoint signed = new LedgerOverHttp(server.web(), ledger).checkpoint();
                Cli sound = fsck(fsck, server, ledger, ledger);
                assertThat(sound.exit()).as("%s", sound).isZero();
                assertThat(sound.toString())
                        .contains("Successfully fsck'd log with size " + signed.treeSize() + " and root "
                                + signed.root().base64());
            }
            // Its exit code is 0 also if the ledger is not sound: the words count, as the docs say.
            assertThat(fsck(fsck, server, "traffic", "security").toString())
                    .contains("fsck failed")
                    .doesNotContain("Successfully");
            assertThat(server.stop()).as("%s", server.errors()).isZero();
        }
    }

    private Cli fsck(Path fsck, ServerProcess server, String ledger, String keyOf) throws Exception {
        Path key = folder.resolve(keyOf + ".vkey");
        Files.writeString(key, server.api().get("/ledger/" + keyOf + "/key").body());
        return Cli.command(
                folder,
                List.of(
                        fsck.toString(),
                        "--storage_url=" + server.web().resolve("/ledger/" + ledger + "/"),
                        "--public_key=" + key,
                        "--N=2",
                        "--ui=false"));
    }
}
