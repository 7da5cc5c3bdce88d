package io.meshtrail.query.embedded;

import io.meshtrail.event.Field;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Target;
import io.meshtrail.query.Wildcard;
import io.meshtrail.segment.Needle;
import io.meshtrail.segment.NeedleQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a filter asks of sidecars: rows that they rule out cannot match it.
final class AskedNeedles {
    /// Looking for more values costs more than reading the rows.
    static final int MOST = 512;

    private AskedNeedles() {}

    /// The question of a filter; empty if sidecars have nothing to say to it.
    static Optional<NeedleQuery> of(Filter filter) {
        return query(filter).filter(query -> count(query) <= MOST);
    }

    private static Optional<NeedleQuery> query(Filter filter) {
        return switch (filter) {
            case Filter.And(List<Filter> filters) -> all(filters);
            case Filter.Or(List<Filter> filters) -> any(filters);
            case Filter.Text(Target target, Wildcard pattern) -> text(target, pattern);
            case Filter.Not not -> Optional.empty();
            case Filter.Everything everything -> Optional.empty();
            case Filter.Word word -> Optional.empty();
            case Filter.Present present -> Optional.empty();
            case Filter.TextRange range -> Optional.empty();
            case Filter.Numbers numbers -> Optional.empty();
            case Filter.Addresses addresses -> Optional.empty();
        };
    }

    /// Those parts that can be asked must all hold; the rows are compared with the others.
    private static Optional<NeedleQuery> all(List<Filter> filters) {
        List<NeedleQuery> queries = new ArrayList<>();
        filters.forEach(each -> query(each).ifPresent(queries::add));
        return queries.isEmpty() ? Optional.empty() : Optional.of(new NeedleQuery.All(queries));
    }

    /// One part that cannot be asked can be true of any row.
    private static Optional<NeedleQuery> any(List<Filter> filters) {
        List<NeedleQuery> queries = new ArrayList<>();
        for (Filter each : filters) {
            Optional<NeedleQuery> query = query(each);
            if (query.isEmpty()) {
                return Optional.empty();
            }
            queries.add(query.orElseThrow());
        }
        return Optional.of(new NeedleQuery.Any(queries));
    }

    private static Optional<NeedleQuery> text(Target target, Wildcard pattern) {
        return target instanceof Target.OfField(Field field) && Needle.FIELDS.contains(field) && pattern.isExact()
                ? Optional.of(new NeedleQuery.OneOf(List.of(Needle.of(field, pattern.first()))))
                : Optional.empty();
    }

    private static int count(NeedleQuery query) {
        return switch (query) {
            case NeedleQuery.OneOf(List<Needle> needles) -> needles.size();
            case NeedleQuery.All(List<NeedleQuery> queries) ->
                queries.stream().mapToInt(AskedNeedles::count).sum();
            case NeedleQuery.Any(List<NeedleQuery> queries) ->
                queries.stream().mapToInt(AskedNeedles::count).sum();
        };
    }
}
