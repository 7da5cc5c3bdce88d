package io.meshtrail.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Fetches the proof of an event, and its entry.
@Command(
        name = "prove",
        description = "Fetches the proof that an event is in its ledger, and the exact bytes of its entry: what"
                + " `verify-proof` checks offline.",
        mixinStandardHelpOptions = true)
final class Prove implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(paramLabel = "ADDRESS", description = "Ledger and leafIndex, such as security/1234.")
    private String address = "";

    @Option(
            names = "--proof",
            paramLabel = "FILE",
            description = "Where the proof goes (default: <ledger>-<leafIndex>.tlog-proof).")
    private Optional<Path> proof = Optional.empty();

    @Option(
            names = "--entry",
            paramLabel = "FILE",
            description = "Where the entry goes (default: <ledger>-<leafIndex>.entry).")
    private Optional<Path> entry = Optional.empty();

    @Override
    public Integer call() throws Exception {
        if (!address.matches("[a-z0-9][a-z0-9.-]*/(0|[1-9][0-9]*)")) {
            throw new picocli.CommandLine.ParameterException(
                    spec.commandLine(), "'" + address + "' is no address; expected LEDGER/LEAFINDEX");
        }
        ApiClient client = server.client();
        String name = address.replace('/', '-');
        byte[] proofBytes = client.bytes("/api/events/" + address + "/proof", Map.of());
        byte[] entryBytes = Base64.getDecoder()
                .decode(client.json("/api/events/" + address, Map.of())
                        .path("entry")
                        .asString());
        Path proofFile = proof.orElse(Path.of(name + ".tlog-proof"));
        Path entryFile = entry.orElse(Path.of(name + ".entry"));
        Files.write(proofFile, proofBytes);
        Files.write(entryFile, entryBytes);
        spec.commandLine().getOut().println(proofFile + "\n" + entryFile);
        return 0;
    }
}
