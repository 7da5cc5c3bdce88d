package io.meshtrail.cli;

import io.meshtrail.ledger.fsck.Finding;
import io.meshtrail.ledger.fsck.FsckReport;
import io.meshtrail.ledger.fsck.Remembered;
import io.meshtrail.proof.CheckpointCheck;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/// `verify --data`: a folder against itself, against what is remembered, and against a policy of witnesses.
final class VerifyFolder {
    private final CommandLine line;
    private final DataFolderCheck folders;
    private final TrustOptions trust;

    VerifyFolder(CommandLine line, DataFolderCheck folders, TrustOptions trust) {
        this.line = line;
        this.folders = folders;
        this.trust = trust;
    }

    int run(Path folder, Remembered remembered) throws IOException {
        ProgressLine progress = new ProgressLine(line.getErr());
        FsckReport report = folders.check(folder, remembered, progress::show);
        progress.end();
        PrintWriter out = line.getOut();
        report.ledgers().forEach(ledger -> print(ledger, out));
        report.losses().forEach(loss -> out.printf("%-10s known: %s%n", loss.ledger(), Output.plain(loss.words())));
        if (report.blobs() > 0) {
            out.printf("%d blobs hashed%n", report.blobs());
        }
        for (FsckReport.Uncovered each : report.uncovered()) {
            out.println("not covered: " + Output.plain(each.file() + ": " + each.why()));
        }
        List<Finding> findings = new ArrayList<>(report.findings());
        if (trust.demandWitnesses()) {
            report.ledgers().forEach(ledger -> cosigned(folder, ledger.name(), findings));
        }
        findings.forEach(finding -> line.getErr().println("BAD: " + Output.plain(finding.toString())));
        out.println(
                findings.isEmpty()
                        ? "sound"
                        : "NOT SOUND: " + Output.plain(findings.getFirst().toString()));
        return findings.isEmpty() ? 0 : 1;
    }

    private static void print(FsckReport.CheckedLedger ledger, PrintWriter out) {
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

    /// The ledger's own key is in the folder; whether it is the right one is not the policy's question.
    private void cosigned(Path folder, String ledger, List<Finding> findings) {
        String witnessed = "ledger/" + ledger + "/witnessed";
        String file = Files.exists(folder.resolve(witnessed)) ? witnessed : "ledger/" + ledger + "/checkpoint";
        try {
            String key =
                    Files.readString(folder.resolve("ledger").resolve(ledger).resolve("key"), StandardCharsets.UTF_8);
            SignedNote note = SignedNote.parse(Files.readAllBytes(folder.resolve(file)));
            if (trust.checkWith(VerifierKey.parse(key.strip())).check(note)
                    instanceof CheckpointCheck.Result.Refused refused) {
                findings.add(new Finding(ledger, 0, 0, file, "by the policy: " + refused.why()));
            }
        } catch (IOException | MalformedException alreadyFound) {
            if (findings.isEmpty()) {
                findings.add(new Finding(ledger, 0, 0, file, String.valueOf(alreadyFound.getMessage())));
            }
        }
    }
}
