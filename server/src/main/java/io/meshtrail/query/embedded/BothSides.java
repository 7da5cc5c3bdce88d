package io.meshtrail.query.embedded;

import io.meshtrail.event.Field;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Target;
import java.util.List;
import java.util.Set;

/// [io.meshtrail.query.Reports#replaces] in SQL: which reports tell of a call that another tells better.
final class BothSides {
    private static final String SIDE = Column.of(Field.OBSERVER_SIDE);
    static final String REQUEST = Column.of(Field.REQUEST_ID);
    private static final String SOURCE = Column.of(Field.SOURCE_IDENTITY);
    private static final String DESTINATION = Column.of(Field.DESTINATION_IDENTITY);

    /// The nearness to the callee, NULL for other observers.
    private static final String RANK = "CASE " + SIDE
            + " WHEN 'client' THEN 1 WHEN 'gateway' THEN 2 WHEN 'waypoint' THEN 3 WHEN 'server' THEN 4 END";

    /// What [#REPORT] reads.
    static final Set<String> COLUMNS = Set.of(SIDE, REQUEST, SOURCE, DESTINATION);

    /// What two reports are compared by, as a projection: hashes of 64 bits in place of the texts, for
    /// millions of them must fit into memory.
    static final String REPORT = hash(REQUEST) + " AS request, " + RANK + " AS rank, " + hash(SOURCE) + " AS source, "
            + hash(DESTINATION) + " AS destination";

    /// The reports that a better one can replace.
    static final String REPLACEABLE =
            "(" + REQUEST + " IS NOT NULL AND " + SIDE + " IN ('client', 'gateway', 'waypoint'))";

    /// The reports that can replace another.
    static final String REPLACING =
            "(" + REQUEST + " IS NOT NULL AND " + SIDE + " IN ('server', 'waypoint', 'gateway'))";

    /// Whether `b` is the better report of the call that `a` tells.
    static final String REPLACES = "a.request = b.request AND b.rank > a.rank"
            + " AND (a.source = b.source OR a.source IS NULL OR b.source IS NULL)"
            + " AND (a.destination = b.destination OR a.destination IS NULL OR b.destination IS NULL)";

    private BothSides() {}

    private static String hash(String column) {
        return "CASE WHEN " + column + " IS NOT NULL THEN hash(" + column + ") END";
    }

    /// Whether the filter itself asks by observer, so that every report counts.
    static boolean isAskedFor(Filter filter) {
        return switch (filter) {
            case Filter.And(List<Filter> filters) -> filters.stream().anyMatch(BothSides::isAskedFor);
            case Filter.Or(List<Filter> filters) -> filters.stream().anyMatch(BothSides::isAskedFor);
            case Filter.Not(Filter inner) -> isAskedFor(inner);
            case Filter.Present(Target target) -> isSide(target);
            case Filter.Text text -> isSide(text.target());
            case Filter.TextRange range -> isSide(range.target());
            case Filter.Everything everything -> false;
            case Filter.Word word -> false;
            case Filter.Numbers numbers -> false;
            case Filter.Addresses addresses -> false;
        };
    }

    private static boolean isSide(Target target) {
        return target instanceof Target.OfField(Field field) && field == Field.OBSERVER_SIDE;
    }
}
