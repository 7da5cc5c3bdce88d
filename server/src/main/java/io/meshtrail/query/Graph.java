package io.meshtrail.query;

import java.util.List;

/// Who called whom, and how it ended.
public record Graph(List<Node> nodes, List<Edge> edges, Coverage coverage) {
    /// @param id what edges refer to: the identity if known, else namespace/workload or service, else the
    ///     address, else `unknown`
    public record Node(String id, String namespace, String cluster) {}

    public record Edge(String source, String destination, long allowed, long denied, long failed) {}
}
