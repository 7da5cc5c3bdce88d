package io.meshtrail.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.http.Json;
import io.meshtrail.http.Parameters;
import io.meshtrail.query.Completion;
import io.meshtrail.query.Count;
import io.meshtrail.query.Coverage;
import io.meshtrail.query.Facets;
import io.meshtrail.query.FieldGuide;
import io.meshtrail.query.Filter;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.query.QueryException;
import io.meshtrail.query.QueryParser;
import io.meshtrail.query.Search;
import io.meshtrail.query.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/// Help for whoever is typing: `/api/complete`, and `/api/count`.
final class CompletionRoutes {
    private static final int ITEMS = 20;

    private final QueryEngine engine;
    private final Searches searches;

    CompletionRoutes(QueryEngine engine, Searches searches) {
        this.engine = engine;
        this.searches = searches;
    }

    HttpResponse count(ServiceRequestContext context) {
        Parameters given = Parameters.of(context.queryParams(), Set.of("q", "from", "to"));
        Count count = engine.count(searches.of(given));
        return Json.ok(json -> {
            json.writeStartObject();
            json.writeNumberProperty("value", count.value());
            json.writeBooleanProperty("exact", count.exact());
            CoverageJson.writeMembers(json, count.coverage());
            json.writeEndObject();
        });
    }

    /// One thing that can be typed.
    ///
    /// @param text what to put in place of what is typed
    /// @param about the type and description of a field; empty for a value
    /// @param count how often a value occurs among the newest events; empty if it was not seen
    private record Item(String text, String label, Optional<FieldGuide.Entry> about, Optional<Long> count) {}

    HttpResponse complete(ServiceRequestContext context) throws QueryException {
        Parameters given = Parameters.of(context.queryParams(), Set.of("q", "position", "from", "to"));
        // A blank may be just what is before the place.
        String text = Optional.ofNullable(context.queryParam("q")).orElse("");
        if (text.length() > QueryParser.MAX_BYTES) {
            throw Parameters.mistake("q", "longer than " + QueryParser.MAX_BYTES + " characters");
        }
        int position = given.integer("position", text.length(), 0, text.length());
        Search range = searches.range(given);
        Completion completion = Completion.at(text, position);
        List<Item> items = new ArrayList<>();
        Coverage coverage = new Coverage(List.of(), new TreeMap<>());
        if (completion.field().isPresent()) {
            Target target = completion.field().get();
            Facets recent = engine.recent(
                    new Search(new Filter.Everything(), range.from(), range.to()),
                    target.key(),
                    completion.typed(),
                    ITEMS);
            coverage = recent.coverage();
            items.addAll(values(target, completion.typed(), recent));
        } else {
            FieldGuide.matching(completion.typed()).stream()
                    .limit(ITEMS)
                    .map(field -> new Item(field.key() + ":", field.key(), Optional.of(field), Optional.empty()))
                    .forEach(items::add);
        }
        return answer(completion, position, items, coverage);
    }

    /// What was seen first, then what can be.
    private static List<Item> values(Target target, String typed, Facets recent) {
        List<Item> items = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (Facets.Value value : recent.values()) {
            seen.add(value.value());
            items.add(item(value.value(), Optional.of(value.count())));
        }
        FieldGuide.known(target).stream()
                .filter(value -> value.contains(typed.toLowerCase(Locale.ROOT)) && !seen.contains(value))
                .map(value -> item(value, Optional.empty()))
                .forEach(items::add);
        return items.subList(0, Math.min(ITEMS, items.size()));
    }

    private static Item item(String value, Optional<Long> count) {
        return new Item(Completion.written(value), value, Optional.empty(), count);
    }

    private static HttpResponse answer(Completion completion, int position, List<Item> items, Coverage coverage) {
        return Json.ok(json -> {
            json.writeStartObject();
            json.writeStringProperty("kind", completion.field().isPresent() ? "value" : "field");
            completion.field().ifPresent(field -> json.writeStringProperty("field", field.key()));
            json.writeNumberProperty("from", completion.from());
            json.writeNumberProperty("to", position);
            json.writeArrayPropertyStart("items");
            items.forEach(item -> write(json, item));
            json.writeEndArray();
            CoverageJson.writeMembers(json, coverage);
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, Item item) {
        json.writeStartObject();
        json.writeStringProperty("text", item.text());
        json.writeStringProperty("label", item.label());
        item.about().ifPresent(field -> {
            json.writeStringProperty("type", field.type());
            json.writeStringProperty("description", field.description());
        });
        item.count().ifPresent(count -> json.writeNumberProperty("count", count));
        json.writeEndObject();
    }
}
