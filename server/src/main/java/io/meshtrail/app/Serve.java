package io.meshtrail.app;

import io.meshtrail.ledger.StaleDataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs the server in the foreground until it is told to stop.
@Command(
        name = "serve",
        description = {
            "Runs the server in the foreground. SIGTERM ends it cleanly.",
            "Exit code 2 if the configuration is wrong, 3 if the data folder is older than what was signed."
        },
        mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
    /// The configuration is wrong.
    static final int WRONG_CONFIGURATION = 2;

    /// The data is older than the state.
    static final int STALE_DATA = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder.")
    private Optional<String> data = Optional.empty();

    @Option(names = "--state", paramLabel = "DIR", description = "Keys and signed checkpoints (default: DIR.state).")
    private Optional<String> state = Optional.empty();

    @Option(names = "--origin", paramLabel = "HOST", description = "The ledgers' name, fixed at the first start.")
    private Optional<String> origin = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "YAML; each key also as MESHTRAIL_… variable.")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--web", paramLabel = "HOST:PORT", description = "Page and API (default: 127.0.0.1:7070).")
    private Optional<String> web = Optional.empty();

    @Option(names = "--ingest", paramLabel = "HOST:PORT", description = "Receivers (default: 127.0.0.1:4317).")
    private Optional<String> ingest = Optional.empty();

    @Option(names = "--insecure", description = "Listen beyond this machine without TLS and authentication.")
    private boolean insecure;

    @Override
    public Integer call() throws Exception {
        try {
            Optional<ConfigFile> file = file();
            ServerConfig settings = settings(file.map(ConfigFile::loaded));
            try (MeshtrailServer server = MeshtrailServer.start(settings, file)) {
                server.announce(spec.commandLine().getOut());
                return server.awaitStop();
            }
        } catch (ConfigException | IllegalArgumentException wrong) {
            spec.commandLine().getErr().println(wrong.getMessage());
            return WRONG_CONFIGURATION;
        } catch (StaleDataException stale) {
            spec.commandLine().getErr().println(stale.getMessage());
            spec.commandLine()
                    .getErr()
                    .println(
                            "Bring back the newer data, or go on without it: meshtrail ledgers recover (docs/guide/restore.md)");
            return STALE_DATA;
        }
    }

    private Optional<ConfigFile> file() throws java.io.IOException {
        if (config.isEmpty()) {
            return Optional.empty();
        }
        Path path = config.orElseThrow();
        if (!Files.isReadable(path)) {
            throw new ConfigException("the configuration file " + path + " cannot be read");
        }
        return Optional.of(new ConfigFile(path, Files.readAllBytes(path), bytes -> settings(Optional.of(bytes))));
    }

    private ServerConfig settings(Optional<byte[]> file) {
        ConfigValues values = new ConfigValues(System.getenv());
        file.ifPresent(bytes -> values.yaml(config.map(Path::toString).orElse(""), bytes));
        return ServerConfig.of(values.set("data", data)
                .set("state", state)
                .set("origin", origin)
                .set("web", web)
                .set("ingest", ingest)
                .set("insecure", insecure ? Optional.of("true") : Optional.empty()));
    }
}
