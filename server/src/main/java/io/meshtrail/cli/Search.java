package io.meshtrail.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Finds events.
@Command(name = "search", description = "Finds events, newest first.", mixinStandardHelpOptions = true)
final class Search implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(paramLabel = "QUERY", arity = "0..*", description = "For example: outcome:denied http.path:/admin/*")
    private String[] query = {};

    @Option(names = "--from", paramLabel = "TIME", description = "RFC 3339 or now-15m; inclusive.")
    private String from = "";

    @Option(names = "--to", paramLabel = "TIME", description = "RFC 3339 or now-15m; exclusive.")
    private String to = "";

    @Option(names = "--limit", paramLabel = "N", description = "The most events (default: ${DEFAULT-VALUE}).")
    private int limit = 100;

    @Option(names = "--output", paramLabel = "FORM", description = "${COMPLETION-CANDIDATES} (default: table).")
    private Output output = Output.table;

    @Override
    public Integer call() throws Exception {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit is " + limit + "; expected at least 1");
        }
        ApiClient client = server.client();
        PrintWriter out = spec.commandLine().getOut();
        output.head(out);
        new EventPages(client, String.join(" ", query), from, to).read(limit, page -> {
            for (JsonNode element : page.path("events")) {
                output.event(element, out);
            }
            out.flush();
            sayWhatIsMissing(page);
        });
        return 0;
    }

    private void sayWhatIsMissing(JsonNode page) {
        for (JsonNode missing : page.path("missing")) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "incomplete: " + Output.plain(missing.path("detail").asString("")));
        }
    }
}
