package io.meshtrail.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Lists the ledgers.
@Command(name = "ledgers", description = "Lists the ledgers of a server.", mixinStandardHelpOptions = true)
final class LedgersCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-20s %12s %12s %12s  %-44s %s%n", "LEDGER", "PUBLISHED", "WAITING", "SEALED", "ROOT", "RETENTION");
        for (JsonNode ledger : server.client().json("/api/ledgers", Map.of()).path("ledgers")) {
            out.printf(
                    "%-20s %12d %12d %12d  %-44s %s%n",
                    ledger.path("name").asString(),
                    ledger.path("size").asLong(),
                    ledger.path("lags").path("published").asLong(),
                    ledger.path("sealed").asLong(),
                    ledger.path("root").asString(),
                    ledger.path("retention").asString());
        }
        return 0;
    }
}
