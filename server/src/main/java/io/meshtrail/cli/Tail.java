package io.meshtrail.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// Shows events as they arrive.
@Command(name = "tail", description = "Shows events as they arrive.", mixinStandardHelpOptions = true)
final class Tail implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(paramLabel = "QUERY", arity = "0..*", description = "For example: outcome:denied")
    private String[] query = {};

    @Option(names = "--output", paramLabel = "FORM", description = "${COMPLETION-CANDIDATES} (default: table).")
    private Output output = Output.table;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        output.head(out);
        out.flush();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                server.client().stream("/api/tail", Map.of("q", String.join(" ", query))), StandardCharsets.UTF_8))) {
            String kind = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    kind = "";
                } else if (line.startsWith("event:")) {
                    kind = line.substring("event:".length()).strip();
                } else if (line.startsWith("data:") && kind.equals("lagged")) {
                    spec.commandLine()
                            .getErr()
                            .println("too slow, skipped: " + line.substring(5).strip());
                } else if (line.startsWith("data:") && kind.isEmpty()) {
                    output.event(JsonMapper.shared().readTree(line.substring("data:".length())), out);
                    out.flush();
                }
            }
        }
        return 0;
    }
}
