package io.meshtrail.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.http.Json;
import io.meshtrail.http.Parameters;
import io.meshtrail.query.Coverage;
import io.meshtrail.query.EventPage;
import io.meshtrail.query.Hit;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `/api/trace/{id}`: everything that carries a trace or request id, oldest first.
final class TraceRoute implements Route {
    private static final int MAX_EVENTS = 10_000;

    private final QueryEngine engine;
    private final Searches searches;
    private final EventJson events;

    TraceRoute(QueryEngine engine, Searches searches, EventJson events) {
        this.engine = engine;
        this.searches = searches;
        this.events = events;
    }

    @Override
    public HttpResponse answer(ServiceRequestContext context) throws QueryException {
        Parameters _ = Parameters.of(context.queryParams(), Set.of());
        String id = quoted(String.valueOf(context.pathParam("id")));
        Search search =
                new Search(searches.filter("trace.id:" + id + " OR request.id:" + id), Long.MIN_VALUE, Long.MAX_VALUE);
        EventPage page = engine.events(search, MAX_EVENTS, java.util.Optional.empty());
        List<Hit> oldestFirst = page.hits().reversed();
        return Json.ok(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("events");
            oldestFirst.forEach(hit -> events.write(json, hit, new Projection.Whole()));
            json.writeEndArray();
            CoverageJson.writeMembers(json, coverage(page));
            json.writeEndObject();
        });
    }

    private static Coverage coverage(EventPage page) {
        if (page.next().isEmpty()) {
            return page.coverage();
        }
        List<String> missing = new ArrayList<>(page.coverage().missing());
        missing.add("there are older events than the newest " + MAX_EVENTS + " of this trace");
        return new Coverage(missing, page.coverage().asOf());
    }

    /// The id as an exact value of the query language: `*` is a wildcard in quotes too.
    static String quoted(String id) {
        return "\"" + id.replace("\\", "\\\\").replace("\"", "\\\"").replace("*", "\\*") + "\"";
    }
}
