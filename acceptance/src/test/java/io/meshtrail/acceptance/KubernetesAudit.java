package io.meshtrail.acceptance;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Events of a Kubernetes audit webhook.
final class KubernetesAudit {
    static final String PATH = "/ingest/kubernetes-audit";
    static final String USER = "alice@corp.example";

    private KubernetesAudit() {}

    /// A policy change by alice.
    ///
    /// @param annotation text that the object carries, of any length
    static String change(String auditId, String policy, String annotation) {
        Map<String, Object> object = Map.of(
                "apiVersion",
                "security.istio.io/v1",
                "kind",
                "AuthorizationPolicy",
                "metadata",
                Map.of("name", policy, "namespace", "shop", "annotations", Map.of("note", annotation)),
                "spec",
                Map.of("action", "DENY"));
        Map<String, Object> event = Map.ofEntries(
                Map.entry("kind", "Event"),
                Map.entry("apiVersion", "audit.k8s.io/v1"),
                Map.entry("level", "RequestResponse"),
                Map.entry("auditID", auditId),
                Map.entry("stage", "ResponseComplete"),
                Map.entry("requestURI", "/apis/security.istio.io/v1/namespaces/shop/authorizationpolicies/" + policy),
                Map.entry("verb", "update"),
                Map.entry("user", Map.of("username", USER, "groups", List.of("shop-admins"))),
                Map.entry(
                        "objectRef",
                        Map.of(
                                "apiGroup", "security.istio.io",
                                "apiVersion", "v1",
                                "resource", "authorizationpolicies",
                                "namespace", "shop",
                                "name", policy)),
                Map.entry("responseStatus", Map.of("code", 200)),
                Map.entry("requestObject", object),
                Map.entry("responseObject", object),
                Map.entry("stageTimestamp", Instant.now().toString()));
        return Api.JSON.writeValueAsString(event);
    }
}
