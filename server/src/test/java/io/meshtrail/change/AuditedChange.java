package io.meshtrail.change;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Hints;
import io.meshtrail.source.kubernetes.KubernetesAuditDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// A change as the audit webhook of an API server tells it, step by step.
public record AuditedChange(
        String verb,
        int code,
        String name,
        String resource,
        String group,
        int second,
        String request,
        String response) {
    private static final long NOW = 1_795_000_000_000_000_000L;
    public static final Instant START = Instant.parse("2026-11-18T10:00:00Z");

    public static AuditedChange of(String verb, int second) {
        return new AuditedChange(
                verb,
                verb.equals("create") ? 201 : 200,
                "orders",
                "authorizationpolicies",
                "security.istio.io",
                second,
                "",
                "");
    }

    /// Answered with the object in this revision.
    public AuditedChange answered(int revision, String spec) {
        return with(request, object(revision, spec));
    }

    /// Answered with something else than the object.
    public AuditedChange answering(String body) {
        return with(request, body);
    }

    public AuditedChange sent(String body) {
        return with(body, response);
    }

    public AuditedChange coded(int status) {
        return new AuditedChange(verb, status, name, resource, group, second, request, response);
    }

    public AuditedChange named(String other) {
        return new AuditedChange(verb, code, other, resource, group, second, request, response);
    }

    private AuditedChange with(String body, String answer) {
        return new AuditedChange(verb, code, name, resource, group, second, body, answer);
    }

    public static String object(int revision, String spec) {
        return """
                {"kind":"AuthorizationPolicy","apiVersion":"security.istio.io/v1","metadata":{"name":"orders",\
                "namespace":"shop","uid":"u1","resourceVersion":"%d","generation":%d,"managedFields":[{"time":"%d"}]},\
                "spec":%s,"status":{"seen":%d}}""".formatted(revision, revision, revision, spec, revision);
    }

    public String json() {
        return """
                {"level":"RequestResponse","auditID":"id-%s-%d","stage":"ResponseComplete","verb":"%s",\
                "requestURI":"/apis/%s/v1/namespaces/shop/%s/%s","user":{"username":"dana@corp.example"},\
                "objectRef":{"resource":"%s","namespace":"shop","name":"%s","apiGroup":"%s"},\
                "responseStatus":{"code":%d},"stageTimestamp":"%s"%s%s}""".formatted(
                        name,
                        second,
                        verb,
                        group,
                        resource,
                        name,
                        resource,
                        name,
                        group,
                        code,
                        START.plusSeconds(second),
                        request.isEmpty() ? "" : ",\"requestObject\":" + request,
                        response.isEmpty() ? "" : ",\"responseObject\":" + response);
    }

    public AuditEvent event() {
        List<Decoded> decoded =
                new KubernetesAuditDecoder().decode(json().getBytes(StandardCharsets.UTF_8), Hints.none(NOW));
        return ((Decoded.Event) decoded.getFirst()).event();
    }

    /// As the ledger has it.
    public AuditEvent stored() {
        return event().withReceived(NOW);
    }
}
