package io.meshtrail.story;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which calls a policy is about, as a query.
///
/// @param query in the query language
/// @param basis on what it rests
/// @param uncertainty what is not sure; empty if nothing is
public record PolicyScope(String query, String basis, Optional<String> uncertainty) {
    /// Where control planes keep what holds for the whole mesh.
    private static final Set<String> ROOT_NAMESPACES = Set.of("istio-system", "linkerd", "consul", "kuma-system");

    /// Objects of the mesh that speak about the namespace in which they stand.
    private static final Set<String> GROUPS = Set.of(
            "security.istio.io",
            "networking.istio.io",
            "policy.linkerd.io",
            "gateway.networking.k8s.io",
            "networking.k8s.io",
            "telemetry.istio.io",
            "extensions.istio.io",
            "kuma.io",
            "cilium.io");

    /// Labels whose value is, by custom, the beginning of the workload's name.
    private static final List<String> NAMING =
            List.of("app", "app.kubernetes.io/name", "k8s-app", "service.istio.io/canonical-name", "name");

    static PolicyScope of(AuditEvent change, Optional<Json> object) {
        String kind = change.text(Field.OBJECT_KIND).orElse("");
        String name = change.text(Field.OBJECT_NAME).orElse("");
        Json shown = object.orElse(Json.Scalar.NULL);
        if (kind.equals("service-intentions") || kind.equals("ServiceIntentions")) {
            return intentions(kind, name, shown);
        }
        Optional<String> namespace = change.text(Field.OBJECT_NAMESPACE);
        if (namespace.isEmpty() || ROOT_NAMESPACES.contains(namespace.get()) || !isNamespaced(change)) {
            return new PolicyScope(
                    "*", "all calls of the cluster: " + kind + " may hold for the whole mesh", Optional.empty());
        }
        if (kind.equals("Server")
                && change.text(Field.OBJECT_GROUP)
                        .filter("policy.linkerd.io"::equals)
                        .isPresent()) {
            return selected(namespace.get(), shown.get("spec").get("podSelector"));
        }
        Json selector = shown.get("spec").get("selector").isNull()
                ? shown.get("spec").get("podSelector")
                : shown.get("spec").get("selector");
        return selected(namespace.get(), selector);
    }

    private static boolean isNamespaced(AuditEvent change) {
        return change.text(Field.OBJECT_GROUP).filter(GROUPS::contains).isPresent();
    }

    private static PolicyScope intentions(String kind, String name, Json object) {
        String destination = kind.equals("ServiceIntentions")
                ? object.get("spec").get("destination").get("name").text().orElse(name)
                : name;
        if (destination.equals("*")) {
            return new PolicyScope("mesh:consul", "intentions for every destination", Optional.empty());
        }
        return new PolicyScope(
                "mesh:consul destination.service:" + quoted(destination),
                "intentions of the destination " + destination,
                Optional.empty());
    }

    private static PolicyScope selected(String namespace, Json selector) {
        String all = "destination.namespace:" + quoted(namespace);
        Map<String, Json> labels = selector.get("matchLabels").isObject()
                ? selector.get("matchLabels").fields()
                : selector.fields();
        for (String label : NAMING) {
            Optional<String> value = Optional.ofNullable(labels.get(label)).flatMap(Json::text);
            if (value.isPresent()) {
                String name = quoted(value.get());
                String begins = name.substring(0, name.length() - 1) + "-*\"";
                List<String> either = new ArrayList<>();
                either.add("destination.workload:(" + name + " OR " + begins + ")");
                either.add("destination.service:(" + name + " OR " + name.substring(0, name.length() - 1) + ".*\")");
                return new PolicyScope(
                        all + " (" + String.join(" OR ", either) + ")",
                        "namespace of the policy and its selector " + label + "=" + value.get(),
                        Optional.of(
                                "a selector names labels, which no proxy reports: workloads are taken by their name"));
            }
        }
        Optional<String> doubt = labels.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "the policy selects workloads by labels that no proxy reports: all of the namespace are counted");
        return new PolicyScope(all, "namespace of the policy", doubt);
    }

    /// An exact value of the query language.
    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("*", "\\*") + "\"";
    }
}
