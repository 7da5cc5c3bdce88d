package io.meshtrail.cli;

import io.meshtrail.ledger.Closing;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.TlogPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Goes on after a loss, with the loss on record.
@Command(
        name = "recover",
        description = {
            "Goes on after data or state were lost: closes what signed more than is here, with the known loss, and",
            "opens the next epoch with all entries that survived. The ledger root says both. No server may run.",
            "Exit code 0 if it is done, 1 if there is nothing to recover or it cannot be, 2 if the call is wrong."
        },
        mixinStandardHelpOptions = true)
final class Recover implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The data folder.")
    private Path data = Path.of("");

    @Option(names = "--state", paramLabel = "DIR", description = "Keys and signed checkpoints (default: DIR.state).")
    private Optional<Path> state = Optional.empty();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "What happened, for whoever reads the ledger root.")
    private String reason = "";

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "A C2SP tlog-policy: its witnesses are asked for the largest checkpoints they have seen.")
    private Optional<Path> policy = Optional.empty();

    private final DataFolderRecovery recovery;

    Recover(DataFolderRecovery recovery) {
        this.recovery = recovery;
    }

    @Override
    public Integer call() throws IOException {
        if (reason.isBlank() || reason.length() > 1_000) {
            throw new ParameterException(spec.commandLine(), "--reason: 1 to 1,000 characters");
        }
        Path folder = data.toAbsolutePath().normalize();
        Path keys = state.map(path -> path.toAbsolutePath().normalize())
                .orElse(folder.resolveSibling(folder.getFileName() + ".state"));
        if (!Files.isDirectory(folder) && !Files.isDirectory(keys)) {
            throw new ParameterException(spec.commandLine(), "there is neither " + folder + " nor " + keys);
        }
        PrintWriter out = spec.commandLine().getOut();
        List<Closing> closed = recovery.recover(
                folder, keys, reason.strip(), read(), spec.commandLine().getErr());
        for (Closing closing : closed) {
            out.printf("%-10s %s%n", closing.ledger(), Output.plain(closing.words()));
        }
        out.printf(
                "%d ledgers go on in a new epoch with a new key each. Start the server, and give the new keys"
                        + " (meshtrail keys) to those who verify.%n",
                closed.size());
        return 0;
    }

    private TlogPolicy read() throws IOException {
        if (policy.isEmpty()) {
            return TlogPolicy.NONE;
        }
        try {
            return TlogPolicy.parse(Files.readAllBytes(policy.orElseThrow()));
        } catch (MalformedException wrong) {
            throw new ParameterException(
                    spec.commandLine(), "--policy " + policy.orElseThrow() + ": " + wrong.getMessage(), wrong);
        }
    }
}
