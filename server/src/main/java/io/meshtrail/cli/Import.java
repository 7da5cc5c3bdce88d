package io.meshtrail.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sends the lines of a log file to a server.
@Command(
        name = "import",
        description = {
            "Sends the lines of a log file to the receiver of a server, in order, and waits until all are durable."
                    + " Repeating it within 15 minutes adds nothing twice.",
            "Exit code 1 if lines were not understood, naming the first of them."
        },
        mixinStandardHelpOptions = true)
final class Import implements Callable<Integer> {
    private static final int BATCH_BYTES = 1 << 20;
    private static final int SHOWN = 20;
    private static final int OK = 200;
    private static final int BAD = 400;
    private static final int BUSY = 503;
    private static final int GZIP = 0x1f8b;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The log file, plain or gzip; - is standard input.")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "F",
            required = true,
            description = "Such as istio-json, or kubernetes-audit.")
    private String format = "";

    @Option(
            names = "--ingest",
            paramLabel = "URL",
            description = "The server's receiver (default: ${DEFAULT-VALUE}).",
            defaultValue = "http://127.0.0.1:4317")
    private URI ingest = URI.create("http://127.0.0.1:4317");

    @Option(names = "--cluster", paramLabel = "NAME", description = "Fills what the lines cannot know.")
    private String cluster = "";

    @Option(names = "--namespace", paramLabel = "NAME", description = "The same.")
    private String namespace = "";

    @Option(names = "--workload", paramLabel = "NAME", description = "The same.")
    private String workload = "";

    @Option(names = "--observer", paramLabel = "NAME", description = "The same.")
    private String observer = "";

    private long accepted;
    private long ignored;
    private long duplicate;
    private long rejected;

    @Override
    public Integer call() throws Exception {
        boolean standardInput = file.toString().equals("-");
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "sent", "bytes of lines");
        try (InputStream raw = standardInput ? System.in : Files.newInputStream(file);
                LineBatches batches = new LineBatches(unpacked(raw), BATCH_BYTES)) {
            long size = standardInput ? 0 : Files.size(file);
            ApiClient client = new ApiClient(ingest);
            long sent = 0;
            for (LineBatches.Lines lines = batches.next(); lines.bytes().length > 0; lines = batches.next()) {
                send(client, lines);
                sent += lines.bytes().length;
                progress.show(sent, Math.max(size, sent));
            }
        }
        progress.end();
        spec.commandLine()
                .getOut()
                .printf(
                        "%d accepted, %d duplicate, %d with nothing to audit, %d not understood%n",
                        accepted, duplicate, ignored, rejected);
        return rejected == 0 ? 0 : 1;
    }

    private static InputStream unpacked(InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw);
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP ? new GZIPInputStream(in) : in;
    }

    private void send(ApiClient client, LineBatches.Lines lines) throws IOException, InterruptedException {
        String path = format.equals("kubernetes-audit") ? "/ingest/kubernetes-audit" : "/ingest/lines/" + format;
        HttpResponse<byte[]> answer = client.post(path, hints(), lines.bytes());
        while (answer.statusCode() == BUSY) {
            long seconds = answer.headers().firstValueAsLong("Retry-After").orElse(1);
            TimeUnit.SECONDS.sleep(Math.clamp(seconds, 1, 60));
            answer = client.post(path, hints(), lines.bytes());
        }
        switch (answer.statusCode()) {
            case OK -> count(JsonMapper.shared().readTree(answer.body()), lines.first());
            case BAD ->
                refuse(
                        lines.first(),
                        lines.count(),
                        String.valueOf(ApiClient.problem(BAD, answer.body()).getMessage()));
            default -> throw ApiClient.problem(answer.statusCode(), answer.body());
        }
    }

    private Map<String, String> hints() {
        Map<String, String> hints = new LinkedHashMap<>();
        hints.put("cluster", cluster);
        hints.put("namespace", namespace);
        hints.put("workload", workload);
        hints.put("observer", observer);
        return hints;
    }

    private void count(JsonNode answer, long first) {
        accepted += answer.path("accepted").asLong();
        ignored += answer.path("ignored").asLong();
        duplicate += answer.path("duplicate").asLong();
        for (JsonNode each : answer.path("rejected")) {
            refuse(
                    first + each.path("line").asLong() - 1,
                    1,
                    each.path("reason").asString());
        }
    }

    private void refuse(long line, long count, String reason) {
        PrintWriter err = spec.commandLine().getErr();
        if (rejected < SHOWN) {
            err.println(file + ", line " + line + (count > 1 ? " to " + (line + count - 1) : "") + ": "
                    + Output.plain(reason));
        } else if (rejected == SHOWN) {
            err.println("further lines that are not understood are only counted");
        }
        rejected += count;
    }
}
