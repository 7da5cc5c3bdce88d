package io.meshtrail.source.otlp;

import io.meshtrail.json.Json;
import io.meshtrail.source.Hints;
import java.util.List;
import java.util.Optional;

/// Where a record came from: the container, pod and cluster that its resource names, or its own
/// attributes, as the semantic conventions, Istio's labels and Fluent Bit's filter name them.
///
/// @param container empty if nothing outside the record names it
/// @param workload what runs the pod; the pod itself where no controller is named
/// @param node the id of an Envoy, as it names itself
record Place(String container, String pod, String namespace, String workload, String cluster, String node) {
    private static final List<String> CONTAINER = List.of("k8s.container.name", "container.name", "container_name");
    private static final List<String> POD = List.of("k8s.pod.name", "pod_name", "pod");
    private static final List<String> NAMESPACE =
            List.of("k8s.namespace.name", "k8s.pod.namespace", "namespace_name", "pod_namespace", "namespace");
    private static final List<String> WORKLOAD = List.of(
            "k8s.deployment.name",
            "k8s.statefulset.name",
            "k8s.daemonset.name",
            "k8s.cronjob.name",
            "k8s.job.name",
            "k8s.replicaset.name");
    private static final List<String> CLUSTER = List.of("k8s.cluster.name", "cluster");
    private static final List<String> NODE = List.of("node_name");
    private static final int ISTIO_PARTS = 4;

    static Place of(LogRecord record) {
        Json enriched = record.body().get("kubernetes");
        // Never an attribute of the record: what an application prints can become one.
        String container = record.resource().first(CONTAINER);
        String node = record.resource().first(NODE);
        String pod = first(find(record, enriched, POD), ofIstio(node, true));
        return new Place(
                first(container, LogResource.first(enriched, CONTAINER)),
                pod,
                first(find(record, enriched, NAMESPACE), ofIstio(node, false)),
                first(find(record, enriched, WORKLOAD), pod),
                find(record, enriched, CLUSTER),
                node);
    }

    /// The pod, or else its namespace, in the id of one of Istio's Envoys; empty in another.
    private static String ofIstio(String node, boolean pod) {
        String[] parts = node.split("~", -1);
        int dot = parts.length == ISTIO_PARTS ? parts[2].lastIndexOf('.') : -1;
        return dot < 0 ? "" : pod ? parts[2].substring(0, dot) : parts[2].substring(dot + 1);
    }

    private static String first(String known, String otherwise) {
        return known.isEmpty() ? otherwise : known;
    }

    private static String find(LogRecord record, Json enriched, List<String> keys) {
        String value = record.resource().first(keys);
        if (value.isEmpty()) {
            value = LogResource.first(record.attributes(), keys);
        }
        return value.isEmpty() ? LogResource.first(enriched, keys) : value;
    }

    /// Istio's Envoys name themselves `sidecar~10.0.0.1~pod.namespace~domain`.
    boolean isIstioNode() {
        return node.split("~", -1).length == ISTIO_PARTS;
    }

    /// The name of the observer, as the access log service of Envoy gives it too: `pod.namespace`.
    String observer() {
        if (isIstioNode()) {
            return node.split("~", -1)[2];
        }
        if (pod.isEmpty()) {
            return node;
        }
        return namespace.isEmpty() ? pod : pod + "." + namespace;
    }

    /// Who told the record, for counts; empty if nothing says so.
    String producer() {
        return node.isEmpty() ? observer() : node;
    }

    /// What fills in for the record. What the sender said beside the export counts where the export says
    /// nothing.
    ///
    /// @param ofItsPod whether the record is about its own pod; a line of a node's proxy is about others
    Hints hints(Hints sender, boolean ofItsPod) {
        return new Hints(
                given(cluster).or(sender::cluster),
                ofItsPod ? given(namespace).or(sender::namespace) : Optional.empty(),
                ofItsPod ? given(workload).or(sender::workload) : Optional.empty(),
                given(observer()).or(sender::observer),
                sender.mesh(),
                sender.received());
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }
}
