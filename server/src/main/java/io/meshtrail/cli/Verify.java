package io.meshtrail.cli;

import io.meshtrail.ledger.Closing;
import io.meshtrail.ledger.fsck.Finding;
import io.meshtrail.ledger.fsck.FsckReport;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.RemoteLedger;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.proof.VerifyUrl;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Hashes everything again.
@Command(
        name = "verify",
        description = {
            "Hashes every entry again and checks trees, tiles, signatures and files.",
            "Exit code 0 if all is sound, 1 if not, 2 if the call is wrong."
        },
        mixinStandardHelpOptions = true)
final class Verify implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", paramLabel = "DIR", description = "A data folder; a server may be running on it.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--url", paramLabel = "URL", description = "A server, or the prefix of one ledger.")
    private Optional<URI> url = Optional.empty();

    @Option(names = "--key", paramLabel = "VKEY", description = "A ledger's verifier key; may be repeated.")
    private List<String> keys = List.of();

    private final DataFolderCheck folders;

    Verify(DataFolderCheck folders) {
        this.folders = folders;
    }

    @Override
    public Integer call() throws Exception {
        if (data.isPresent() == url.isPresent()) {
            throw new ParameterException(spec.commandLine(), "either --data DIR or --url URL --key VKEY is needed");
        }
        return data.isPresent() ? folder(data.orElseThrow()) : remote(url.orElseThrow());
    }

    private int folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), folder + " is no folder");
        }
        PrintWriter out = spec.commandLine().getOut();
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr());
        FsckReport report = folders.check(folder, progress::show);
        progress.end();
        for (FsckReport.CheckedLedger ledger : report.ledgers()) {
            out.printf(
                    "%-10s size %d, root %s: %d sealed entries in %d segments and %d in the journal hashed, %d"
                            + " checkpoints compared, published size %d%n",
                    ledger.name(),
                    ledger.head().treeSize(),
                    ledger.head().root(),
                    ledger.sealed(),
                    ledger.segments(),
                    ledger.journalled(),
                    ledger.checkpoints(),
                    ledger.published());
            if (ledger.torn() > 0) {
                out.printf(
                        "%-10s %d bytes at the journal's end are an entry that was being written when the process"
                                + " died; nobody was promised it%n",
                        ledger.name(), ledger.torn());
            }
        }
        for (Closing loss : report.losses()) {
            out.printf("%-10s known: %s%n", loss.ledger(), Output.plain(loss.words()));
        }
        if (report.blobs() > 0) {
            out.printf("%d blobs hashed%n", report.blobs());
        }
        for (Finding finding : report.findings()) {
            spec.commandLine().getErr().println("BAD: " + Output.plain(finding.toString()));
        }
        out.println(
                report.isSound()
                        ? "sound"
                        : "NOT SOUND: "
                                + Output.plain(report.findings().getFirst().toString()));
        return report.isSound() ? 0 : 1;
    }

    private int remote(URI where) throws Exception {
        List<VerifierKey> trusted = new ArrayList<>();
        try {
            for (String key : keys) {
                trusted.add(VerifierKey.parse(key));
            }
        } catch (MalformedException wrong) {
            throw new ParameterException(spec.commandLine(), "--key: " + wrong.getMessage(), wrong);
        }
        if (trusted.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--url needs a --key VKEY for each ledger, had by a way that you trust");
        }
        int exit = 0;
        for (URI ledger : ledgers(where)) {
            exit = Math.max(exit, remoteLedger(ledger, trusted));
        }
        return exit;
    }

    /// A server's ledgers, or the one that the URL is the prefix of.
    private static List<URI> ledgers(URI where) throws IOException, InterruptedException {
        String base = where.toString().replaceAll("/+$", "");
        if (base.matches(".*/ledger/[a-z0-9][a-z0-9.-]*")) {
            return List.of(URI.create(base));
        }
        List<URI> ledgers = new ArrayList<>();
        try {
            JsonNode all = new ApiClient(URI.create(base)).json("/api/ledgers", Map.of());
            for (JsonNode ledger : all.path("ledgers")) {
                ledgers.add(URI.create(base + "/ledger/" + ledger.path("name").asString()));
            }
        } catch (ApiException noServerOfOurs) {
            return List.of(URI.create(base));
        }
        return ledgers;
    }

    private int remoteLedger(URI prefix, List<VerifierKey> trusted) throws InterruptedException {
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr());
        VerifyUrl.Result result = new VerifyUrl(
                        new RemoteLedger(prefix, HttpClient.newHttpClient()), trusted, Optional.empty())
                .run(progress::show);
        progress.end();
        return switch (result) {
            case VerifyUrl.Result.Sound sound -> {
                spec.commandLine().getOut().println("sound: " + sound.words());
                yield 0;
            }
            case VerifyUrl.Result.Broken broken -> {
                spec.commandLine()
                        .getErr()
                        .println("BAD: " + broken.url() + ", entries " + broken.first() + " to "
                                + Math.max(broken.first(), broken.end() - 1) + ": " + broken.words());
                yield 1;
            }
            case VerifyUrl.Result.Unreachable unreachable -> {
                spec.commandLine().getErr().println("not verified: " + prefix + ": " + unreachable.words());
                yield 1;
            }
        };
    }
}
