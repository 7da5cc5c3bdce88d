package io.meshtrail.api;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.event.Address;
import io.meshtrail.http.Parameters;
import io.meshtrail.ledger.Ledgers;
import io.meshtrail.privacy.SubjectView;
import io.meshtrail.query.Filter;
import io.meshtrail.query.FilterMatcher;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// `/api/tail`: events as they arrive, as Server-Sent Events.
final class TailRoute implements HttpService {
    private final Arrivals arrivals;
    private final SubjectView view;
    private final Searches searches;
    private final EventJson events;
    private final Ledgers ledgers;
    private final Duration heartBeat;
    private final Executor workers;

    TailRoute(
            Arrivals arrivals,
            SubjectView view,
            Searches searches,
            EventJson events,
            Ledgers ledgers,
            Duration heartBeat,
            Executor workers) {
        this.arrivals = arrivals;
        this.view = view;
        this.searches = searches;
        this.events = events;
        this.ledgers = ledgers;
        this.heartBeat = heartBeat;
        this.workers = workers;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            return Reads.notAllowed(request.method(), context.path());
        }
        Parameters given = Parameters.of(context.queryParams(), Set.of("q", "fields"));
        Filter filter = searches.filter(given.text("q").orElse(""));
        Projection projection = Projection.of(given.text("fields"));
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.EVENT_STREAM)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set("x-accel-buffering", "no")
                .build();
        if (request.method() == HttpMethod.HEAD) {
            return HttpResponse.of(headers);
        }
        HttpResponseWriter writer = HttpResponse.streaming();
        writer.write(headers);
        Start start = start(request.headers().get("last-event-id"));
        TailReader reader =
                new TailReader(arrivals, view, new FilterMatcher(filter), projection, events, ledgers, writer, workers);
        ScheduledFuture<?> beat = context.eventLoop()
                .scheduleAtFixedRate(
                        reader::heartBeat, heartBeat.toMillis(), heartBeat.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<?> _ = writer.whenComplete().whenComplete((_, _) -> {
            beat.cancel(false);
            reader.stop();
        });
        reader.start(start.from(), start.lost());
        return writer;
    }

    /// Where a reader begins.
    ///
    /// @param lost why events between its last one and `from` may be missing
    private record Start(long from, Optional<String> lost) {}

    private Start start(@org.jspecify.annotations.Nullable String lastEventId) {
        long end = arrivals.end();
        if (lastEventId == null || lastEventId.isBlank()) {
            return new Start(end, Optional.empty());
        }
        OptionalLong last = Address.parse(lastEventId).map(arrivals::numberOf).orElseGet(OptionalLong::empty);
        return last.isPresent()
                ? new Start(last.getAsLong() + 1, Optional.empty())
                : new Start(
                        arrivals.oldest(),
                        Optional.of(lastEventId
                                + " is no longer at hand; events between it and the first one here may be missing"));
    }
}
