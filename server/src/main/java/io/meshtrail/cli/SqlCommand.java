package io.meshtrail.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Answers a person's own SQL.
@Command(
        name = "sql",
        description = {
            "Answers one SELECT over the view events, in which each event is a row.",
            "Exit code 1 if the answer is incomplete."
        },
        mixinStandardHelpOptions = true)
final class SqlCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(
            paramLabel = "SELECT",
            description = "For example: \"SELECT outcome, count(*) FROM events GROUP BY ALL\"")
    private String statement = "";

    @Option(names = "--from", paramLabel = "TIME", description = "Events from here on: RFC 3339 or now-15m; inclusive.")
    private String from = "";

    @Option(names = "--to", paramLabel = "TIME", description = "Events before here: RFC 3339 or now-15m; exclusive.")
    private String to = "";

    @Option(names = "--limit", paramLabel = "N", description = "The most rows (default: ${DEFAULT-VALUE}).")
    private int limit = 10_000;

    @Option(names = "--output", paramLabel = "FORM", description = "${COMPLETION-CANDIDATES} (default: table).")
    private Output output = Output.table;

    @Override
    public Integer call() throws Exception {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit is " + limit + "; expected at least 1");
        }
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("query", statement);
        asked.put("limit", limit);
        asked.put("format", output == Output.csv ? "csv" : "json");
        putIfGiven(asked, "from", from);
        putIfGiven(asked, "to", to);
        PrintWriter out = spec.commandLine().getOut();
        try (InputStream answer = server.client().ask("/api/sql", asked)) {
            return switch (output) {
                case table -> table(answer, out);
                case json -> json(answer, out);
                case csv -> csv(answer, out);
            };
        }
    }

    private static void putIfGiven(Map<String, Object> asked, String name, String value) {
        if (!value.isEmpty()) {
            asked.put(name, value);
        }
    }

    private int csv(InputStream answer, PrintWriter out) throws IOException {
        int incomplete = 0;
        try (java.io.BufferedReader lines =
                new java.io.BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(Output.plain(line));
                incomplete = line.startsWith("INCOMPLETE: ") || line.startsWith("\"INCOMPLETE: ") ? 1 : 0;
            }
        }
        out.flush();
        return incomplete;
    }

    private int json(InputStream answer, PrintWriter out) {
        JsonNode body = JsonMapper.shared().readTree(answer);
        out.println(Output.escaped(body.toString()));
        return end(body, out);
    }

    private int table(InputStream answer, PrintWriter out) {
        JsonNode body = JsonMapper.shared().readTree(answer);
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>();
        body.path("columns")
                .forEach(column -> head.add(Output.plain(column.path("name").asString(""))));
        lines.add(head);
        for (JsonNode row : body.path("rows")) {
            List<String> line = new ArrayList<>();
            row.forEach(value -> line.add(shown(value)));
            lines.add(line);
        }
        int[] widths = new int[head.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(String.format(Locale.ROOT, "%-" + Math.max(1, widths[i]) + "s  ", line.get(i)));
            }
            out.println(text.toString().stripTrailing());
        }
        return end(body, out);
    }

    private static String shown(JsonNode value) {
        return value.isNull() ? "" : Output.plain(value.isValueNode() ? value.asString() : value.toString());
    }

    private int end(JsonNode body, PrintWriter out) {
        out.flush();
        for (JsonNode missing : body.path("missing")) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "incomplete: " + Output.plain(missing.path("detail").asString("")));
        }
        return body.path("complete").asBoolean(false) ? 0 : 1;
    }
}
