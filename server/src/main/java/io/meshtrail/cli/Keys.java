package io.meshtrail.cli;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Prints the keys with which the ledgers' checkpoints are verified.
@Command(
        name = "keys",
        description = "Prints the verifier key (vkey) of each ledger, one a line. Keep them: they are what proofs are"
                + " checked with.",
        mixinStandardHelpOptions = true)
final class Keys implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Override
    public Integer call() throws Exception {
        ApiClient client = server.client();
        for (JsonNode ledger : client.json("/api/ledgers", Map.of()).path("ledgers")) {
            byte[] key = client.bytes("/ledger/" + ledger.path("name").asString() + "/key", Map.of());
            spec.commandLine().getOut().println(new String(key, StandardCharsets.UTF_8).strip());
        }
        return 0;
    }
}
