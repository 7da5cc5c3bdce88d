package io.meshtrail.query.embedded;

import io.meshtrail.engine.EngineTimeoutException;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.index.RowSource;
import io.meshtrail.query.Filter;
import io.meshtrail.query.Graph;
import io.meshtrail.query.Search;
import io.meshtrail.query.Target;
import io.meshtrail.query.Wildcard;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who called whom: events of calls, counted by their two ends.
final class GraphSearch {
    private static final List<Kind> CALLS = List.of(Kind.REQUEST, Kind.CONNECTION, Kind.HANDSHAKE, Kind.TOKEN);
    private static final List<Outcome> ENDS = List.of(Outcome.ALLOWED, Outcome.DENIED, Outcome.FAILED);

    private final Reading reading;
    private final Search search;

    GraphSearch(Reading reading, Search search) {
        this.reading = reading;
        this.search = search;
    }

    Graph count() {
        try {
            GraphCounts counts = reading.withReadable(reading.sources(), this::count);
            counts.leftOut().ifPresent(reading::miss);
            return new Graph(counts.nodes(), counts.edges(), reading.coverage());
        } catch (EngineTimeoutException late) {
            reading.missByTime("no counts");
            return new Graph(List.of(), List.of(), reading.coverage());
        }
    }

    private GraphCounts count(List<RowSource> sources) {
        Filter calls = new Filter.And(List.of(
                search.filter(),
                anyOf(Field.KIND, CALLS.stream().map(Kind::code).toList()),
                anyOf(Field.OUTCOME, ENDS.stream().map(Outcome::code).toList())));
        List<Dimension> dimensions = List.of(
                end(
                        Field.SOURCE_IDENTITY,
                        Field.SOURCE_NAMESPACE,
                        Field.SOURCE_WORKLOAD,
                        Field.SOURCE_SERVICE,
                        Field.SOURCE_ADDRESS),
                text(Field.SOURCE_NAMESPACE),
                end(
                        Field.DESTINATION_IDENTITY,
                        Field.DESTINATION_NAMESPACE,
                        Field.DESTINATION_WORKLOAD,
                        Field.DESTINATION_SERVICE,
                        Field.DESTINATION_ADDRESS),
                text(Field.DESTINATION_NAMESPACE),
                text(Field.CLUSTER),
                text(Field.OBSERVER_SIDE),
                text(Field.OUTCOME));
        TimeRange range = new TimeRange(search.from(), search.to());
        GraphCounts counts = new GraphCounts();
        Optional<Sql> counting = new Counting(reading, sources, calls, range, dimensions).sql();
        return counting.isEmpty() ? counts : reading.query(counting.get(), counts::read);
    }

    private static Filter anyOf(Field field, List<String> values) {
        Target target = new Target.OfField(field);
        return new Filter.Or(values.stream()
                .map(value -> (Filter) new Filter.Text(target, Wildcard.exactly(value)))
                .toList());
    }

    private static Dimension text(Field field) {
        return Dimension.of("coalesce(" + Column.of(field) + ", '')", Set.of(Column.of(field)));
    }

    /// The id of one end of a call, as [Graph.Node] says.
    private static Dimension end(Field identity, Field namespace, Field workload, Field service, Field address) {
        String named = "coalesce(" + Column.of(namespace) + " || '/', '') || " + Column.of(workload);
        String expression = "coalesce(" + Column.of(identity) + ", " + named + ", " + Column.of(service) + ", "
                + Column.of(address) + ", '" + Dimension.UNKNOWN + "')";
        List<Field> fields = Arrays.asList(identity, namespace, workload, service, address);
        return Dimension.of(
                expression, Set.copyOf(fields.stream().map(Column::of).toList()));
    }
}
