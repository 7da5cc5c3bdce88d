package io.meshtrail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.anchor.AnchorRecord;
import io.meshtrail.ledger.fsck.Finding;
import io.meshtrail.ledger.fsck.FsckReport;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.InclusionProof;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.proof.TlogProof;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import tools.jackson.databind.json.JsonMapper;

class CommandsTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Command(name = "serve")
    private static final class NoServer {}

    private int run(List<Finding> findings, String... arguments) {
        CommandLine line = Commands.of(
                new NoServer(),
                (data, remembered, progress) -> new FsckReport(List.of(), findings, 0, List.of(), List.of()),
                (data, state, reason, policy, err) -> List.of(),
                new NoAnchors());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private int run(String... arguments) {
        return run(List.of(), arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "verify",
                "verify --data . --url http://x",
                "verify --data /no/such/folder",
                "verify --url http://x",
                "verify --url http://x --key nokey",
                "prove",
                "prove nowhere",
                "prove security/01",
                "search --limit 0",
                "search --limit many",
                "search --output xml",
                "search --server localhost:7070",
                "keys --server nonsense",
                "monitor",
                "monitor http://x",
                "monitor http://x --key nokey",
                "verify --checkpoint /etc/hostname --key k",
                "verify-proof proof",
                "verify-proof proof --entry entry",
                "verify-proof proof --entry entry --key nokey"
            })
    void aWrongCallIsExitCodeTwoAndSaysWhy(String call) {
        assertThat(run(call.isEmpty() ? new String[0] : call.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void aServerThatIsNotThereIsSaidInOneLine() {
        assertThat(run("ledgers", "--server", "http://127.0.0.1:1")).isEqualTo(1);
        assertThat(err.toString())
                .contains("no server answers at http://127.0.0.1:1")
                .doesNotContain("\tat ");
    }

    @Test
    void aFolderIsSoundOrTheFirstFindingIsNamed() {
        assertThat(run("verify", "--data", folder.toString())).isZero();
        assertThat(out.toString()).contains("sound");
        Finding finding = new Finding("security", 3, 5, "manifest", "evil \u001b[2Jwords");
        assertThat(run(List.of(finding), "verify", "--data", folder.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains("BAD: ledger security, entries 3 to 4, file manifest: evil")
                .doesNotContain("\u001b");
        assertThat(out.toString()).contains("NOT SOUND: ledger security").doesNotContain("\u001b");
    }

    @Test
    void aProofIsGoodOrNotProven() throws Exception {
        byte[] entry = "{\"v\":1}".getBytes(StandardCharsets.UTF_8);
        SigningKey key = SigningKey.generate("log.example/security", SignatureType.ED25519, new SecureRandom());
        CompactRange tree = new CompactRange();
        tree.append(Hash.leaf(entry));
        InclusionProof inclusion = new InclusionProof(0, 1, List.of());
        TlogProof proof = TlogProof.of(
                inclusion, Checkpoint.of(key.verifierKey().name(), tree.head()).sign(key));
        Path proofFile = Files.writeString(folder.resolve("proof"), proof.print());
        Path entryFile = Files.write(folder.resolve("entry"), entry);
        String[] call = {
            "verify-proof",
            proofFile.toString(),
            "--entry",
            entryFile.toString(),
            "--key",
            key.verifierKey().toString()
        };
        assertThat(run(call)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("proven");
        Files.writeString(entryFile, "{\"v\":2}");
        assertThat(run(call)).isEqualTo(1);
        assertThat(err.toString()).contains("not proven");
        Files.delete(entryFile);
        assertThat(run(call)).isEqualTo(1);
        assertThat(err.toString()).contains(entryFile + ": there is no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "csv"})
    void whatComesFromTheWireCannotSteerATerminal(String form) throws Exception {
        String path = "/a\u001b[31m\u009b2J\u202e\u2028\r\nb";
        String json = JsonMapper.shared()
                .writeValueAsString(java.util.Map.of(
                        "address", "security/1", "event", java.util.Map.of("http.path", path, "detail", path)));
        StringWriter printed = new StringWriter();
        Output output = Output.valueOf(form);
        output.event(JsonMapper.shared().readTree(json), new PrintWriter(printed, true));
        assertThat(printed.toString().strip().lines()).hasSize(1);
        assertThat(printed.toString().strip()).doesNotContain("\u001b", "\u009b", "\u202e", "\u2028", "\r");
        if (form.equals("json")) {
            assertThat(JsonMapper.shared()
                            .readTree(printed.toString())
                            .path("event")
                            .path("http.path")
                            .asString())
                    .isEqualTo(path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
    void aSpreadsheetIsNotMadeToCalculate(String path) throws Exception {
        String json = JsonMapper.shared()
                .writeValueAsString(
                        java.util.Map.of("address", "security/1", "event", java.util.Map.of("http.path", path)));
        StringWriter printed = new StringWriter();
        Output.csv.event(JsonMapper.shared().readTree(json), new PrintWriter(printed, true));
        assertThat(printed.toString()).contains(",'");
    }

    @Test
    void quotesAndCommasStayInTheirCell() throws Exception {
        String json = JsonMapper.shared()
                .writeValueAsString(
                        java.util.Map.of("address", "security/1", "event", java.util.Map.of("http.path", "/a,\"b\"")));
        StringWriter printed = new StringWriter();
        Output.csv.event(JsonMapper.shared().readTree(json), new PrintWriter(printed, true));
        assertThat(printed.toString()).contains(",\"/a,\"\"b\"\"\",");
    }

    static final class NoAnchors implements AnchorFolder {
        @Override
        public List<AnchorRecord> records(Path data) {
            return List.of();
        }

        @Override
        public String check(Path data, AnchorRecord record, Optional<Path> ca) {
            return "nothing is kept";
        }
    }
}
