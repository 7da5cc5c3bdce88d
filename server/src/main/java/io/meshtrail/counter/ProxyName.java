package io.meshtrail.counter;

import java.util.List;
import java.util.Map;

/// The one name of a proxy, by which its counters and its events are brought together: `pod.namespace`
/// where it has a pod, else what it calls itself.
public final class ProxyName {
    private static final List<String> NAMED = List.of("observer", "node_id", "node_name", "envoy_node_id");
    private static final List<String> PODS =
            List.of("pod", "k8s.pod.name", "k8s_pod_name", "kubernetes_pod_name", "pod_name");
    private static final List<String> NAMESPACES =
            List.of("namespace", "k8s.namespace.name", "k8s_namespace_name", "kubernetes_namespace", "pod_namespace");
    private static final List<String> INSTANCES = List.of("service.instance.id", "instance");
    private static final int ISTIO_PARTS = 4;

    private ProxyName() {}

    /// The name in an Envoy's node id: `sidecar~10.0.0.1~pod.namespace~domain` is Istio's form.
    public static String of(String nodeId) {
        String[] parts = nodeId.split("~", -1);
        return parts.length == ISTIO_PARTS ? parts[2] : nodeId;
    }

    /// The name in the labels of a metric, or of its target; empty if they have none.
    public static String of(Map<String, String> labels) {
        String named = first(labels, NAMED);
        if (!named.isEmpty()) {
            return of(named);
        }
        String pod = first(labels, PODS);
        String namespace = first(labels, NAMESPACES);
        if (!pod.isEmpty()) {
            return namespace.isEmpty() ? pod : pod + "." + namespace;
        }
        return first(labels, INSTANCES);
    }

    private static String first(Map<String, String> labels, List<String> keys) {
        for (String key : keys) {
            String value = labels.getOrDefault(key, "");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }
}
