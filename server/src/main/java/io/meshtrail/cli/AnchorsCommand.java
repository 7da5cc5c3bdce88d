package io.meshtrail.cli;

import io.meshtrail.anchor.AnchorRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What lies at the anchors.
@Command(
        name = "anchors",
        description = "Tells where checkpoints of root lie outside, from a data folder.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(list | verify)")
final class AnchorsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final AnchorFolder folder;

    AnchorsCommand(AnchorFolder folder) {
        this.folder = folder;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "list or verify?");
    }

    @Command(name = "list", description = "Every checkpoint on record, oldest first.", mixinStandardHelpOptions = true)
    int list(@Option(names = "--data", paramLabel = "DIR", required = true, description = "A data folder.") Path data)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<AnchorRecord> records = folder.records(existing(data));
        out.printf("%-16s %-8s %12s  %-44s %s%n", "ANCHOR", "KIND", "SIZE", "ROOT", "WHERE");
        for (AnchorRecord record : records) {
            out.printf(
                    "%-16s %-8s %12d  %-44s %s%n",
                    Output.plain(record.anchor()),
                    Output.plain(record.kind()),
                    record.checkpoint().treeSize(),
                    record.checkpoint().root().base64(),
                    Output.plain(record.locator()));
        }
        return 0;
    }

    @Command(
            name = "verify",
            description = {
                "Checks what was kept of every anchor, without the network: files against root, time stamps against",
                "the note. Exit code 0 if all holds, 1 if not."
            },
            mixinStandardHelpOptions = true)
    int verify(
            @Option(names = "--data", paramLabel = "DIR", required = true, description = "A data folder.") Path data,
            @Option(names = "--ca", paramLabel = "FILE", description = "PEM of the authority's root that you trust.")
                    Optional<Path> ca)
            throws IOException {
        int bad = 0;
        List<AnchorRecord> records = folder.records(existing(data));
        for (AnchorRecord record : records) {
            String what = Output.plain(record.anchor() + " (" + record.kind() + "), size "
                    + record.checkpoint().treeSize() + ": ");
            try {
                spec.commandLine().getOut().println(what + Output.plain(folder.check(data, record, ca)));
            } catch (IOException wrong) {
                bad++;
                spec.commandLine().getErr().println("BAD: " + what + Output.plain(String.valueOf(wrong.getMessage())));
            }
        }
        spec.commandLine()
                .getOut()
                .println(
                        bad == 0
                                ? records.size() + " records, none contradicts what is kept"
                                : "NOT SOUND: " + bad + " of " + records.size() + " records");
        return bad == 0 ? 0 : 1;
    }

    private Path existing(Path data) {
        if (!Files.isDirectory(data)) {
            throw new ParameterException(spec.commandLine(), data + " is no folder");
        }
        return data;
    }
}
