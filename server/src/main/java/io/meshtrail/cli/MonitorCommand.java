package io.meshtrail.cli;

import io.meshtrail.proof.RemoteLedger;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Follows the ledgers of a server and alarms.
@Command(
        name = "monitor",
        description = {
            "Follows the ledgers of a server: remembers each one's last checkpoint, proves that the next one has the"
                    + " same history, hashes what is new, and expects root to grow every minute.",
            "Prints a line of JSON for each look; alarms go to standard error in words too.",
            "With --once the exit code is 0 if all is well, 1 after an alarm; 2 if the call is wrong."
        },
        mixinStandardHelpOptions = true)
final class MonitorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "URL", description = "A server, or the prefix of one ledger.")
    private URI url = URI.create("http://127.0.0.1:7070");

    @Mixin
    private TrustOptions trust = new TrustOptions();

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "Where the last checkpoints are remembered; without it only while running.")
    private Optional<Path> state = Optional.empty();

    @Option(names = "--once", description = "Look once and end.")
    private boolean once;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Pause between two looks (default: ${DEFAULT-VALUE}).")
    private int interval = 30;

    @Override
    public Integer call() throws Exception {
        trust.read(spec.commandLine());
        if (trust.areNone()) {
            throw new ParameterException(
                    spec.commandLine(), "a --key VKEY for each ledger is needed, had by a way that you trust");
        }
        if (interval < 1) {
            throw new ParameterException(spec.commandLine(), "--interval is at least 1");
        }
        HttpClient client = RemoteLedger.client();
        try {
            Memory memory = Memory.open(state, trust.check());
            MonitorRound round = new MonitorRound(
                    url,
                    client,
                    trust.check(),
                    memory,
                    Clock.systemUTC(),
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
            while (true) {
                boolean well = round.look();
                if (once) {
                    return well ? 0 : 1;
                }
                Thread.sleep(Duration.ofSeconds(interval));
            }
        } finally {
            client.shutdownNow();
        }
    }
}
