package io.meshtrail.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.QueryParamsBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.http.Parameters;
import io.meshtrail.http.Problem;
import io.meshtrail.http.ProblemErrorHandler;
import io.meshtrail.http.ProblemException;
import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import io.meshtrail.query.Search;
import io.meshtrail.sql.SqlDesk;
import io.meshtrail.sql.SqlFailedException;
import io.meshtrail.sql.SqlQuestion;
import io.meshtrail.sql.SqlRefusedException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// `POST /api/sql`: one SELECT over the view `events`, its rows sent while they are computed.
final class SqlRoute implements HttpService {
    private static final Set<String> KNOWN = Set.of("query", "from", "to", "limit", "format");
    private static final int DEFAULT_ROWS = 10_000;
    private static final Duration COME_AGAIN = Duration.ofSeconds(5);

    private final LongWork work;
    private final Searches searches;

    SqlRoute(LongWork work, Searches searches) {
        this.work = work;
        this.searches = searches;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (request.method() != HttpMethod.POST) {
            return Problem.methodNotAllowed(request.method(), context.path(), "POST");
        }
        // The desk has a limit of its own.
        context.clearRequestTimeout();
        return HttpResponse.of(request.aggregate().thenCompose(whole -> {
            CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
            work.workers().execute(() -> answer(context, whole, answer));
            return answer;
        }));
    }

    private void answer(
            ServiceRequestContext context, AggregatedHttpRequest request, CompletableFuture<HttpResponse> answer) {
        Optional<SqlStream> stream = Optional.empty();
        try {
            SqlDesk desk = work.sql()
                    .orElseThrow(() -> Problem.notFound("SQL is switched off here (sql.enabled)")
                            .exception());
            Parameters given = Parameters.of(given(context, request), KNOWN);
            SqlStream begun = new SqlStream(format(given, request), answer);
            stream = Optional.of(begun);
            desk.ask(question(given), begun);
        } catch (SqlRefusedException refused) {
            fail(answer, stream, problem(refused));
        } catch (SqlFailedException failed) {
            fail(answer, stream, problem(failed));
        } catch (ReaderGoneException left) {
            stream.ifPresent(SqlStream::breakOff);
        } catch (Exception failed) {
            if (failed instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            fail(answer, stream, ProblemErrorHandler.problemOf(context, failed));
        }
    }

    private static void fail(CompletableFuture<HttpResponse> answer, Optional<SqlStream> stream, Problem problem) {
        if (!answer.complete(problem.toResponse()) && stream.isPresent()) {
            stream.get().breakOff();
        }
    }

    private static Problem problem(SqlRefusedException refused) {
        Problem problem = Problem.badRequest("The statement cannot be answered", String.valueOf(refused.getMessage()));
        return refused.position().isPresent()
                ? problem.with("position", refused.position().getAsLong())
                : problem;
    }

    private static Problem problem(SqlFailedException failed) {
        HttpStatus status = failed.busy() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.GATEWAY_TIMEOUT;
        Problem problem = Problem.of(status, "The statement was not answered", String.valueOf(failed.getMessage()));
        return failed.busy() ? problem.retryAfter(COME_AGAIN) : problem;
    }

    private SqlQuestion question(Parameters given) {
        Search range = searches.range(given);
        String sql = given.text("query").orElseThrow(() -> Parameters.mistake("query", "missing"));
        return new SqlQuestion(
                sql, range.from(), range.to(), given.integer("limit", DEFAULT_ROWS, 1, SqlQuestion.MAX_ROWS));
    }

    private static SqlStream.Format format(Parameters given, AggregatedHttpRequest request) {
        Optional<String> format = given.text("format");
        if (format.isEmpty()) {
            return request.headers().accept().stream().anyMatch(type -> type.is(MediaType.CSV_UTF_8))
                    ? SqlStream.Format.CSV
                    : SqlStream.Format.JSON;
        }
        return switch (format.get()) {
            case "json" -> SqlStream.Format.JSON;
            case "csv" -> SqlStream.Format.CSV;
            default -> throw Parameters.mistake("format", "\"" + format.get() + "\" is neither json nor csv");
        };
    }

    /// The parameters of the URL and the members of the body, or the body as the statement.
    private static QueryParams given(ServiceRequestContext context, AggregatedHttpRequest request) {
        QueryParamsBuilder all = context.queryParams().toBuilder();
        @Nullable MediaType type = request.contentType();
        if (type == null || !type.is(MediaType.JSON)) {
            return all.add("query", request.contentUtf8()).build();
        }
        for (Map.Entry<String, Json> member : body(request).fields().entrySet()) {
            all.add(
                    member.getKey(),
                    member.getValue()
                            .scalar()
                            .orElseThrow(() -> Parameters.mistake(
                                    member.getKey(), "expected a text or a number that is not empty")));
        }
        return all.build();
    }

    private static Json body(AggregatedHttpRequest request) {
        try {
            Json body = JsonReader.read(request.contentUtf8());
            if (body.isObject()) {
                return body;
            }
        } catch (JsonException notJson) {
            throw notUnderstood(notJson.reason());
        }
        throw notUnderstood("it is no JSON object");
    }

    private static ProblemException notUnderstood(String reason) {
        return Problem.badRequest("The body is not understood", reason).exception();
    }
}
