package io.meshtrail.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// Writes everything that a query finds, for other programs or as evidence.
@Command(
        name = "export",
        description = {
            "Writes all events that a query finds, newest first: as JSON lines or CSV, or as an evidence file with the"
                    + " exact entry, the proof and the ledger's key of each.",
            "Exit code 1 if the answer is incomplete."
        },
        mixinStandardHelpOptions = true)
final class Export implements Callable<Integer> {
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

    @Option(names = "--output", paramLabel = "FORM", description = "json or csv (default: json).")
    private Output output = Output.json;

    @Option(names = "--file", paramLabel = "FILE", description = "Where the events go (default: standard output).")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--evidence",
            paramLabel = "FILE.zip",
            description = "Writes events, entries, proofs and keys as one file that needs no server to be checked.")
    private Optional<Path> evidence = Optional.empty();

    private final Set<String> missing = new TreeSet<>();
    private long count;

    @Override
    public Integer call() throws Exception {
        if (output == Output.table) {
            throw new ParameterException(spec.commandLine(), "--output is json or csv");
        }
        ApiClient client = server.client();
        EventPages pages = new EventPages(client, String.join(" ", query), from, to);
        if (evidence.isPresent()) {
            writeEvidence(client, pages, evidence.orElseThrow());
        } else if (file.isPresent()) {
            try (PrintWriter out =
                    new PrintWriter(Files.newBufferedWriter(file.orElseThrow(), StandardCharsets.UTF_8))) {
                write(pages, out);
            }
        } else {
            write(pages, spec.commandLine().getOut());
        }
        missing.forEach(words -> spec.commandLine().getErr().println("incomplete: " + Output.plain(words)));
        return missing.isEmpty() ? 0 : 1;
    }

    private void write(EventPages pages, PrintWriter out) throws Exception {
        output.head(out);
        pages.read(Long.MAX_VALUE, page -> {
            for (JsonNode element : page.path("events")) {
                output.event(element, out);
            }
            out.flush();
            page.path("missing").forEach(gap -> missing.add(gap.path("detail").asString("")));
        });
        if (out.checkError()) {
            throw new java.io.IOException("the events could not be written");
        }
    }

    private void writeEvidence(ApiClient client, EventPages pages, Path zip) throws Exception {
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "packed", "events found so far");
        try (EvidenceFile pack = EvidenceFile.create(zip, client)) {
            pages.read(Long.MAX_VALUE, page -> {
                long found = count + page.path("events").size();
                for (JsonNode element : page.path("events")) {
                    pack.add(element);
                    count++;
                    progress.show(count, found);
                }
                page.path("missing")
                        .forEach(gap -> missing.add(gap.path("detail").asString("")));
            });
            pack.finish(String.join(" ", query), from, to, missing);
        }
        progress.end();
        spec.commandLine().getOut().println(count + " events with their entries and proofs in " + zip);
    }
}
