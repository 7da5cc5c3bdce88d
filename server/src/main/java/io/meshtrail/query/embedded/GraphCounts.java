package io.meshtrail.query.embedded;

import io.meshtrail.event.Outcome;
import io.meshtrail.query.Graph;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Edges and nodes in the making. An end's cluster is that of the observer at this end, else that of any
/// observer.
final class GraphCounts {
    /// The most edges of an answer.
    static final int EDGES = 5_000;

    private record Ends(String source, String destination) {}

    private final Map<Ends, Graph.Edge> edges = new HashMap<>();
    private final Map<String, String> namespaces = new HashMap<>();
    private final Map<String, String> ownClusters = new HashMap<>();
    private final Map<String, String> anyClusters = new HashMap<>();

    /// Adds the rows of [GraphSearch]'s dimensions and their count.
    GraphCounts read(ResultSet rows) throws SQLException {
        while (rows.next()) {
            Ends ends = new Ends(rows.getString(1), rows.getString(3));
            edges.merge(ends, edge(ends, rows.getString(7), rows.getLong(8)), GraphCounts::sum);
            boolean client = rows.getString(6).equals("client");
            note(ends.source(), rows.getString(2), rows.getString(5), client);
            note(ends.destination(), rows.getString(4), rows.getString(5), !client);
        }
        return this;
    }

    /// The edges with the most calls first.
    List<Graph.Edge> edges() {
        return edges.values().stream()
                .sorted(Comparator.comparingLong(GraphCounts::calls)
                        .reversed()
                        .thenComparing(Graph.Edge::source)
                        .thenComparing(Graph.Edge::destination))
                .limit(EDGES)
                .toList();
    }

    /// The ends of [#edges], in the order of their ids.
    List<Graph.Node> nodes() {
        Set<String> ids = new HashSet<>();
        for (Graph.Edge edge : edges()) {
            ids.add(edge.source());
            ids.add(edge.destination());
        }
        Map<String, Graph.Node> nodes = new TreeMap<>();
        for (String id : ids) {
            String cluster = ownClusters.getOrDefault(id, anyClusters.getOrDefault(id, ""));
            nodes.put(id, new Graph.Node(id, namespaces.getOrDefault(id, ""), cluster));
        }
        return List.copyOf(nodes.values());
    }

    /// What does not fit into the answer.
    Optional<String> leftOut() {
        return edges.size() <= EDGES
                ? Optional.empty()
                : Optional.of("only the " + EDGES + " busiest of " + edges.size() + " edges");
    }

    private void note(String id, String namespace, String cluster, boolean own) {
        keepLargest(namespaces, id, namespace);
        keepLargest(own ? ownClusters : anyClusters, id, cluster);
    }

    private static void keepLargest(Map<String, String> by, String id, String value) {
        if (!value.isEmpty()) {
            by.merge(id, value, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
    }

    private static Graph.Edge edge(Ends ends, String outcome, long count) {
        return new Graph.Edge(
                ends.source(),
                ends.destination(),
                outcome.equals(Outcome.ALLOWED.code()) ? count : 0,
                outcome.equals(Outcome.DENIED.code()) ? count : 0,
                outcome.equals(Outcome.FAILED.code()) ? count : 0);
    }

    private static Graph.Edge sum(Graph.Edge a, Graph.Edge b) {
        return new Graph.Edge(
                a.source(),
                a.destination(),
                a.allowed() + b.allowed(),
                a.denied() + b.denied(),
                a.failed() + b.failed());
    }

    private static long calls(Graph.Edge edge) {
        return edge.allowed() + edge.denied() + edge.failed();
    }
}
