package io.meshtrail.demo.policy;

import io.meshtrail.demo.policy.PolicyChange.Author;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/// A policy change as the Kubernetes API server's audit webhook tells it.
///
/// @param cluster whose API server speaks
/// @param auditId the request's id
/// @param body an `EventList` of one `Event`, level RequestResponse, stage ResponseComplete
public record AuditEvent(String cluster, String auditId, String body) {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Tells a change.
    ///
    /// @param created when the object was made
    public static AuditEvent of(PolicyChange change, Instant created, Instant now) {
        Policy policy = change.policy();
        String collection =
                "/apis/security.istio.io/v1/namespaces/" + policy.target().namespace() + "/authorizationpolicies";
        String object = collection + "/" + policy.name();
        long revision = now.toEpochMilli();
        Map<String, Object> response = policy.toKubernetes(revision, created);
        Map<String, Object> event = switch (change.verb()) {
            case "create" -> event(change, now, collection + "?fieldManager=kubectl-create", 201, response, response);
            case "update" -> event(change, now, object + "?fieldManager=kubectl-edit", 200, response, response);
            case "patch" -> event(change, now, object + "?fieldManager=kubectl-edit", 200, patch(response), response);
            case "delete" ->
                event(
                        change,
                        now,
                        object,
                        200,
                        Map.of(
                                "kind", "DeleteOptions",
                                "apiVersion", "security.istio.io/v1",
                                "propagationPolicy", "Background"),
                        deleted(policy));
            default -> throw new IllegalArgumentException("no audit event for the verb " + change.verb());
        };
        return wrap(policy.target().cluster(), List.of(event));
    }

    /// Tells that the deployer applied policies, all of one cluster: how they came to be in force.
    public static AuditEvent applied(String cluster, List<Policy> policies, Instant now) {
        List<Map<String, Object>> events = policies.stream()
                .map(policy -> {
                    Map<String, Object> object = policy.toKubernetes(now.toEpochMilli(), now);
                    PolicyChange change = new PolicyChange(
                            Author.DEPLOYER,
                            "patch",
                            java.util.Optional.empty(),
                            java.util.Optional.of(policy),
                            io.meshtrail.demo.cast.Case.REPORT_ALLOWED);
                    String uri = "/apis/security.istio.io/v1/namespaces/"
                            + policy.target().namespace() + "/authorizationpolicies/" + policy.name()
                            + "?fieldManager=argocd-controller&force=true";
                    return event(change, now, uri, 201, configuration(object), object);
                })
                .toList();
        return wrap(cluster, events);
    }

    private static AuditEvent wrap(String cluster, List<Map<String, Object>> events) {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("kind", "EventList");
        list.put("apiVersion", "audit.k8s.io/v1");
        list.put("metadata", Map.of());
        list.put("items", events);
        String id = String.valueOf(events.getLast().get("auditID"));
        return new AuditEvent(cluster, id, JSON.writeValueAsString(list));
    }

    private static Map<String, Object> event(
            PolicyChange change,
            Instant now,
            String uri,
            int code,
            Map<String, Object> request,
            Map<String, Object> response) {
        Policy policy = change.policy();
        Author author = change.author();
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("resource", "authorizationpolicies");
        reference.put("namespace", policy.target().namespace());
        reference.put("name", policy.name());
        reference.put("apiGroup", "security.istio.io");
        reference.put("apiVersion", "v1");
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("level", "RequestResponse");
        event.put("auditID", UUID.randomUUID().toString());
        event.put("stage", "ResponseComplete");
        event.put("requestURI", uri);
        event.put("verb", change.verb());
        event.put("user", Map.of("username", author.user(), "groups", author.groups()));
        event.put("sourceIPs", List.of(author.address()));
        event.put("userAgent", author.agent());
        event.put("objectRef", reference);
        event.put("responseStatus", Map.of("metadata", Map.of(), "code", code));
        event.put("requestObject", request);
        event.put("responseObject", response);
        event.put("requestReceivedTimestamp", MICROS.format(now));
        event.put("stageTimestamp", MICROS.format(now.plusMillis(4)));
        event.put(
                "annotations",
                Map.of(
                        "authorization.k8s.io/decision",
                        "allow",
                        "authorization.k8s.io/reason",
                        "RBAC: allowed by RoleBinding \"mesh-policy/"
                                + policy.target().namespace()
                                + "\" of Role \"mesh-policy\" to Group \""
                                + author.groups().getFirst() + "\""));
        return event;
    }

    private static Map<String, Object> patch(Map<String, Object> object) {
        return Map.of("spec", object.getOrDefault("spec", Map.of()));
    }

    /// What server-side apply sends: the object without what the server adds.
    private static Map<String, Object> configuration(Map<String, Object> object) {
        Map<String, Object> sent = new LinkedHashMap<>(object);
        if (object.get("metadata") instanceof Map<?, ?> metadata) {
            Map<Object, Object> kept = new LinkedHashMap<>(metadata);
            kept.keySet().removeAll(List.of("uid", "resourceVersion", "creationTimestamp"));
            sent.put("metadata", kept);
        }
        return sent;
    }

    private static Map<String, Object> deleted(Policy policy) {
        return Map.of(
                "kind", "Status",
                "apiVersion", "v1",
                "metadata", Map.of(),
                "status", "Success",
                "details",
                        Map.of(
                                "name",
                                policy.name(),
                                "group",
                                "security.istio.io",
                                "kind",
                                "authorizationpolicies",
                                "uid",
                                policy.uid()));
    }
}
