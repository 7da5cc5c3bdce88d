package io.meshtrail.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.event.Field;
import io.meshtrail.event.Timestamp;
import io.meshtrail.http.Json;
import io.meshtrail.http.Parameters;
import io.meshtrail.query.EventPage;
import io.meshtrail.query.Facets;
import io.meshtrail.query.Graph;
import io.meshtrail.query.Histogram;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// Finding and counting: `/api/events`, `/api/histogram`, `/api/facets`, `/api/graph`.
final class SearchRoutes {
    private static final int MAX_EVENTS = 10_000;
    private static final int MAX_BUCKETS = 1_000;
    private static final int MAX_VALUES = 1_000;

    private final QueryEngine engine;
    private final Searches searches;
    private final EventJson events;

    SearchRoutes(QueryEngine engine, Searches searches, EventJson events) {
        this.engine = engine;
        this.searches = searches;
        this.events = events;
    }

    HttpResponse events(ServiceRequestContext context) {
        Parameters given = Parameters.of(context.queryParams(), Set.of("q", "from", "to", "limit", "after", "fields"));
        int limit = given.integer("limit", 100, 1, MAX_EVENTS);
        Projection projection = Projection.of(given.text("fields"));
        EventPage page;
        try {
            page = engine.events(searches.of(given), limit, given.text("after"));
        } catch (QueryException mistake) {
            throw Searches.problem("The question cannot be answered", mistake);
        }
        return page(page, projection);
    }

    HttpResponse page(EventPage page, Projection projection) {
        return Json.ok(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("events");
            page.hits().forEach(hit -> events.write(json, hit, projection));
            json.writeEndArray();
            page.next().ifPresent(cursor -> json.writeStringProperty("next", cursor));
            CoverageJson.writeMembers(json, page.coverage());
            json.writeEndObject();
        });
    }

    HttpResponse histogram(ServiceRequestContext context) {
        Parameters given = Parameters.of(context.queryParams(), Set.of("q", "from", "to", "buckets", "by"));
        int buckets = given.integer("buckets", 60, 1, MAX_BUCKETS);
        String name = given.text("by").orElse(Field.OUTCOME.key());
        Field by = Field.named(name)
                .orElseThrow(() -> Parameters.mistake("by", "there is no field \"" + name + "\" to count by"));
        Histogram histogram = engine.histogram(searches.of(given), buckets, by);
        return Json.ok(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("buckets");
            histogram.buckets().forEach(bucket -> bucket(json, bucket));
            json.writeEndArray();
            CoverageJson.writeMembers(json, histogram.coverage());
            json.writeEndObject();
        });
    }

    private static void bucket(JsonGenerator json, Histogram.Bucket bucket) {
        json.writeStartObject();
        json.writeStringProperty("from", Timestamp.print(bucket.from()));
        json.writeStringProperty("to", Timestamp.print(bucket.to()));
        json.writeObjectPropertyStart("counts");
        bucket.counts().forEach(json::writeNumberProperty);
        json.writeEndObject();
        json.writeEndObject();
    }

    HttpResponse facets(ServiceRequestContext context) {
        Parameters given = Parameters.of(context.queryParams(), Set.of("q", "from", "to", "field", "limit"));
        String field = Projection.requireField(
                "field", given.text("field").orElseThrow(() -> Parameters.mistake("field", "missing")));
        int limit = given.integer("limit", 10, 1, MAX_VALUES);
        Facets facets;
        try {
            facets = engine.facets(searches.of(given), field, limit);
        } catch (QueryException mistake) {
            throw Searches.problem("The question cannot be answered", mistake);
        }
        return Json.ok(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("values");
            for (Facets.Value value : facets.values()) {
                json.writeStartObject();
                json.writeStringProperty("value", value.value());
                json.writeNumberProperty("count", value.count());
                json.writeEndObject();
            }
            json.writeEndArray();
            CoverageJson.writeMembers(json, facets.coverage());
            json.writeNumberProperty("other", facets.other());
            json.writeNumberProperty("distinct", facets.distinct());
            json.writeNumberProperty("absent", facets.absent());
            json.writeEndObject();
        });
    }

    HttpResponse graph(ServiceRequestContext context) {
        Parameters given = Parameters.of(context.queryParams(), Set.of("q", "from", "to"));
        Graph graph = engine.graph(searches.of(given));
        return Json.ok(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("nodes");
            graph.nodes().forEach(node -> node(json, node));
            json.writeEndArray();
            json.writeArrayPropertyStart("edges");
            graph.edges().forEach(edge -> edge(json, edge));
            json.writeEndArray();
            CoverageJson.writeMembers(json, graph.coverage());
            json.writeEndObject();
        });
    }

    private static void node(JsonGenerator json, Graph.Node node) {
        json.writeStartObject();
        json.writeStringProperty("id", node.id());
        if (!node.namespace().isEmpty()) {
            json.writeStringProperty("namespace", node.namespace());
        }
        if (!node.cluster().isEmpty()) {
            json.writeStringProperty("cluster", node.cluster());
        }
        json.writeEndObject();
    }

    private static void edge(JsonGenerator json, Graph.Edge edge) {
        json.writeStartObject();
        json.writeStringProperty("source", edge.source());
        json.writeStringProperty("destination", edge.destination());
        json.writeNumberProperty("allowed", edge.allowed());
        json.writeNumberProperty("denied", edge.denied());
        json.writeNumberProperty("failed", edge.failed());
        json.writeEndObject();
    }
}
