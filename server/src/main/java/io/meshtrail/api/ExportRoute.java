package io.meshtrail.api;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.http.Parameters;
import io.meshtrail.http.Problem;
import io.meshtrail.http.ProblemErrorHandler;
import io.meshtrail.query.Coverage;
import io.meshtrail.query.EventPage;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.Search;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/// `/api/export`: all that a query finds, page by page from the engine and out again, however much it is. A
/// reader that stops taking stops the work.
final class ExportRoute implements HttpService {
    private static final Set<String> KNOWN = Set.of("q", "from", "to", "fields", "format", "partial");
    private static final int PAGE = 2_000;
    private static final int AT_ONCE = 4;
    private static final Duration COME_AGAIN = Duration.ofSeconds(30);

    private final QueryEngine engine;
    private final Searches searches;
    private final EventJson events;
    private final LongWork work;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    ExportRoute(QueryEngine engine, Searches searches, EventJson events, LongWork work) {
        this.engine = engine;
        this.searches = searches;
        this.events = events;
        this.work = work;
    }

    /// What is asked for.
    ///
    /// @param partial whether an incomplete result may end as if it were whole
    private record Asked(Search search, ExportForm form, boolean partial) {}

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (request.method() != HttpMethod.GET) {
            return Problem.methodNotAllowed(request.method(), context.path(), "GET");
        }
        Asked asked = asked(Parameters.of(context.queryParams(), KNOWN));
        if (!turns.tryAcquire()) {
            return Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "Too many exports at once",
                            AT_ONCE + " exports are running; come again when one has ended")
                    .retryAfter(COME_AGAIN)
                    .toResponse();
        }
        // It takes as long as its reader; what each page may take the engine limits.
        context.clearRequestTimeout();
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        work.workers().execute(() -> {
            try {
                export(asked, answer);
            } catch (Exception failed) {
                answer.complete(ProblemErrorHandler.problemOf(context, failed).toResponse());
            } finally {
                turns.release();
            }
        });
        return HttpResponse.of(answer);
    }

    private Asked asked(Parameters given) {
        Projection projection = Projection.of(given.text("fields"));
        String format = given.text("format").orElse("jsonl");
        ExportForm form = switch (format) {
            case "jsonl" -> new ExportForm.Lines(events, projection);
            case "csv" -> ExportForm.Table.of(given.text("fields"));
            default -> throw Parameters.mistake("format", "\"" + format + "\" is neither jsonl nor csv");
        };
        boolean partial = switch (given.text("partial").orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Parameters.mistake("partial", "expected true or false");
        };
        return new Asked(searches.of(given), form, partial);
    }

    private void export(Asked asked, CompletableFuture<HttpResponse> answer) throws QueryException, IOException {
        EventPage page = engine.events(asked.search(), PAGE, Optional.empty());
        if (asked.form().refusesGaps() && !asked.partial() && !page.coverage().complete()) {
            throw Problem.of(
                            HttpStatus.CONFLICT,
                            "The result cannot be complete",
                            String.join("; ", page.coverage().missing())
                                    + ". Ask for a range without gaps, or with partial=true for what there is")
                    .exception();
        }
        StreamedAnswer out = new StreamedAnswer(ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.parse(asked.form().mediaType()))
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(
                        HttpHeaderNames.CONTENT_DISPOSITION,
                        "attachment; filename=\"events." + asked.form().extension() + "\"")
                .build());
        answer.complete(out.response());
        try {
            write(asked, page, out);
        } catch (ReaderGoneException left) {
            out.breakOff();
        } catch (IOException | QueryException | RuntimeException failed) {
            out.breakOff();
            throw failed;
        }
    }

    private void write(Asked asked, EventPage first, StreamedAnswer out) throws IOException, QueryException {
        ExportTally tally = new ExportTally(first.coverage());
        out.write(asked.form().head());
        EventPage page = first;
        while (true) {
            for (io.meshtrail.query.Hit hit : page.hits()) {
                out.write(asked.form().event(hit));
            }
            // A page is a good moment to find out that nobody reads any more.
            out.flush();
            tally.add(page);
            if (page.next().isEmpty()) {
                break;
            }
            page = engine.events(asked.search(), PAGE, page.next());
        }
        Coverage coverage = tally.coverage();
        out.write(asked.form().tail(coverage, tally.events()));
        if (asked.form().refusesGaps() && !asked.partial() && !coverage.complete()) {
            out.flush();
            out.breakOff();
        } else {
            out.close();
        }
    }
}
