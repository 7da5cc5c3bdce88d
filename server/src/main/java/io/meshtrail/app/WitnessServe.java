package io.meshtrail.app;

import io.meshtrail.host.FileLock;
import io.meshtrail.host.Host;
import io.meshtrail.host.system.SystemHost;
import io.meshtrail.http.ExposureCheck;
import io.meshtrail.http.ListenAddress;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.VerifierKey;
import io.meshtrail.witness.KnownLogs;
import io.meshtrail.witness.Witness;
import io.meshtrail.witness.WitnessKeys;
import io.meshtrail.witness.http.WitnessListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Runs a witness in the foreground until it is told to stop. It has its own key and its own memory and opens no
/// ledger.
@Command(
        name = "serve",
        description = {
            "Runs a witness (C2SP tlog-witness) in the foreground. SIGTERM ends it cleanly.",
            "It cosigns a log's checkpoints if each is proven to extend the one before."
        },
        mixinStandardHelpOptions = true)
final class WitnessServe implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--state", paramLabel = "DIR", required = true, description = "Its key and its memory.")
    private Path state = Path.of("");

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "Default: ${DEFAULT-VALUE}.")
    private String listen = "127.0.0.1:7071";

    @Option(names = "--name", paramLabel = "NAME", description = "Its key's name, fixed at the first start.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--log", paramLabel = "VKEY", description = "A log to cosign for; may be repeated.")
    private List<String> logs = List.of();

    @Option(
            names = "--logs",
            paramLabel = "FILE",
            description = "Logs to cosign for, a vkey a line, read again when it changes (default: DIR/logs.txt).")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--ml-dsa", description = "Cosign with an ML-DSA-44 key too.")
    private boolean mlDsa;

    @Option(names = "--insecure", description = "Listen beyond this machine without TLS.")
    private boolean insecure;

    @Override
    public Integer call() throws Exception {
        ListenAddress address;
        List<VerifierKey> given = new ArrayList<>();
        try {
            address = ListenAddress.parse(listen);
            ExposureCheck.check("witness", address, insecure);
            for (String log : logs) {
                given.add(VerifierKey.parse(log));
            }
        } catch (IllegalArgumentException | MalformedException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
        Host host = new SystemHost();
        Path folder = state.toAbsolutePath().normalize();
        host.disk().makeFolder(folder);
        host.disk().makePrivate(folder);
        try (FileLock _ = lock(host, folder)) {
            WitnessKeys keys = WitnessKeys.open(host, folder, name, mlDsa);
            KnownLogs known = new KnownLogs(host.disk(), file.orElse(folder.resolve("logs.txt")), given);
            try (WitnessListener listener = WitnessListener.start(address, new Witness(host, folder, keys, known))) {
                announce(keys, listener.address());
                awaitSignal(listener);
            }
        } catch (IllegalArgumentException wrong) {
            spec.commandLine().getErr().println(wrong.getMessage());
            return Serve.WRONG_CONFIGURATION;
        }
        return 0;
    }

    private static FileLock lock(Host host, Path folder) throws IOException {
        return host.disk()
                .lock(folder.resolve("lock"))
                .orElseThrow(() -> new IOException(
                        "the state folder " + folder + " is in use by another witness: two would forget each other"));
    }

    private void announce(WitnessKeys keys, InetSocketAddress address) {
        PrintWriter out = spec.commandLine().getOut();
        keys.verifierKeys().forEach(key -> out.println("key " + key));
        String host = address.getAddress().getHostAddress();
        out.println("witness http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort());
        out.flush();
    }

    /// Ends with exit code 0 on a signal; what was answered is on disk already.
    private static void awaitSignal(WitnessListener listener) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            listener.close();
            Runtime.getRuntime().halt(0);
        }));
        new CountDownLatch(1).await();
    }
}
