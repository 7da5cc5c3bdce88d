package io.meshtrail.bench.search;

import io.meshtrail.bench.Report;
import io.meshtrail.bench.server.Api;
import io.meshtrail.bench.server.ProcessUse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Asks a server the questions of an auditor, and notes how long the whole answer took over HTTP, and the
/// processor time of the server, which says more on a busy machine.
final class Questions {
    private final Api api;
    private final ProcessUse use;
    private final Report report;
    private final int repeats;
    private final Random random;

    Questions(Api api, ProcessUse use, Report report, int repeats, long seed) {
        this.api = api;
        this.use = use;
        this.report = report;
        this.repeats = repeats;
        this.random = new Random(seed);
    }

    private interface Question {
        JsonNode ask(int round) throws IOException, InterruptedException;
    }

    /// What can be asked for: some events from all over the time, drawn without warming up the questions.
    ///
    /// @param from of the oldest event
    /// @param to of the youngest
    List<JsonNode> drawn(Instant from, Instant to) throws IOException, InterruptedException {
        List<JsonNode> events = new ArrayList<>();
        long nanos = Duration.between(from, to).toNanos();
        while (events.size() < 3 * repeats) {
            Instant until = from.plusNanos(1 + (long) (nanos * random.nextDouble()));
            for (JsonNode found : get("events?limit=5&to=" + until).get("events")) {
                if (found.get("event").has("request.id")) {
                    events.add(found.get("event"));
                }
            }
        }
        return events;
    }

    /// One event by its request id; the first answer counts apart.
    void needle(List<JsonNode> events) throws IOException, InterruptedException {
        measure(
                "needleRequestId",
                round -> found(
                        "request.id:" + events.get(round).get("request.id").asString()));
        measure(
                "needleTraceId",
                round -> found("trace.id:"
                        + events.get(repeats + round).get("trace.id").asString()));
        measure("needleMiss", round -> get("events?q=" + encoded("request.id:no-such-id-" + round)));
        measure(
                "trace",
                round -> get("trace/"
                        + events.get(2 * repeats + round - 1).get("trace.id").asString()));
    }

    /// @param last the youngest event's time
    void lastHour(JsonNode event, Instant last) throws IOException, InterruptedException {
        String query = "outcome:denied source.identity:\""
                + event.get("source.identity").asString() + "\"";
        measure(
                "selectiveLastHour",
                round -> get("events?limit=100&from=" + last.minus(Duration.ofHours(1)) + "&q=" + encoded(query)));
        measure(
                "deniedLastHour",
                round -> get("events?limit=100&from=" + last.minus(Duration.ofHours(1)) + "&q="
                        + encoded("outcome:denied http.method:GET")));
    }

    void aggregates(Instant last) throws IOException, InterruptedException {
        String day = "&from=" + last.minus(Duration.ofDays(1)) + "&to=" + last.plusNanos(1);
        measure("histogramDay", round -> get("histogram?by=outcome&buckets=60" + day));
        measure("topDenied", round -> get("facets?field=source.identity&limit=20&q=" + encoded("outcome:denied")));
        measure("graph", round -> get("graph?q=" + day));
    }

    /// A part of a path that few events have: the random id in it.
    void substring(List<JsonNode> events) throws IOException, InterruptedException {
        Set<String> ids = new HashSet<>();
        for (JsonNode event : events) {
            for (String part : event.get("http.path").asString().split("/", -1)) {
                if (part.matches("[0-9]{8}")) {
                    ids.add(part);
                }
            }
        }
        List<String> some = List.copyOf(ids);
        measure(
                "rareSubstring",
                round -> get("events?q=" + encoded("http.path:*" + some.get(round % some.size()) + "*")));
    }

    private JsonNode found(String query) throws IOException, InterruptedException {
        JsonNode answer = get("events?q=" + encoded(query));
        if (answer.get("events").isEmpty()) {
            throw new IOException("nothing found by " + query);
        }
        return answer;
    }

    private void measure(String name, Question question) throws IOException, InterruptedException {
        List<Double> warm = new ArrayList<>();
        int incomplete = 0;
        long cpu = 0;
        for (int round = 0; round < repeats; round++) {
            long start = System.nanoTime();
            JsonNode answer = question.ask(round);
            double millis = (System.nanoTime() - start) / 1e6;
            if (round == 0) {
                report.add(name + "ColdMillis", millis);
                cpu = use.cpuMicros();
            } else {
                warm.add(millis);
            }
            incomplete += answer.get("complete").asBoolean() ? 0 : 1;
        }
        report.add(name + "Millis", warm.stream().sorted().toList().get(warm.size() / 2));
        report.add(name + "CpuMillis", (use.cpuMicros() - cpu) / 1e3 / warm.size());
        report.add(
                name + "MaxMillis",
                warm.stream().mapToDouble(each -> each).max().orElse(0));
        if (incomplete > 0) {
            report.add(name + "Incomplete", incomplete);
        }
    }

    private JsonNode get(String question) throws IOException, InterruptedException {
        return api.get("/api/" + question);
    }

    private static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }
}
