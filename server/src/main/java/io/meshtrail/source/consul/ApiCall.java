package io.meshtrail.source.consul;

import io.meshtrail.event.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was asked of Consul's HTTP API, from method and path.
///
/// @param objectKind Consul's own word: the kind of a config entry, or one of the table below; may be empty
/// @param objectName from the path; a `PUT` of a config entry has it in its body, which the log leaves out
record ApiCall(Kind kind, String objectKind, String objectName) {
    private static final Set<String> WRITES = Set.of("PUT", "POST", "DELETE", "PATCH");

    /// Endpoints, the longest first where one starts another: what they hold, and whether that says who
    /// may do what, who is trusted or where traffic goes.
    private record Endpoint(String path, String objectKind, boolean isPolicy) {}

    private static final List<Endpoint> ENDPOINTS = List.of(
            new Endpoint("config", "config-entry", true),
            new Endpoint("connect/intentions", "service-intentions", true),
            new Endpoint("connect/ca/configuration", "connect-ca-configuration", true),
            new Endpoint("acl/token", "acl-token", true),
            new Endpoint("acl/policy", "acl-policy", true),
            new Endpoint("acl/role", "acl-role", true),
            new Endpoint("acl/auth-method", "acl-auth-method", true),
            new Endpoint("acl/binding-rule", "acl-binding-rule", true),
            new Endpoint("acl/bootstrap", "acl-token", true),
            new Endpoint("agent/token", "agent-token", true),
            new Endpoint("peering", "peering", true),
            new Endpoint("namespace", "namespace", true),
            new Endpoint("partition", "partition", true),
            new Endpoint("snapshot", "snapshot", true),
            new Endpoint("operator/keyring", "gossip-key", true),
            new Endpoint("operator", "operator", false),
            new Endpoint("kv", "kv", false),
            new Endpoint("agent/service", "service", false),
            new Endpoint("agent/check", "check", false),
            new Endpoint("agent", "agent", false),
            new Endpoint("catalog", "catalog", false),
            new Endpoint("query", "prepared-query", false),
            new Endpoint("session", "session", false),
            new Endpoint("event", "event", false),
            new Endpoint("txn", "transaction", false));

    /// Calls that only ask or log in, though their method is one of a write.
    private static final Set<String> QUESTIONS = Set.of(
            "acl/login",
            "acl/logout",
            "acl/authorize",
            "internal/acl/authorize",
            "agent/connect/authorize",
            "discovery-chain",
            "acl/rules/translate");

    /// Words of a path that are no names.
    private static final Map<String, Set<String>> VERBS = Map.of(
            "connect/intentions", Set.of("exact", "match", "check"),
            "agent/service", Set.of("register", "deregister", "maintenance"),
            "agent/check", Set.of("register", "deregister", "pass", "warn", "fail", "update"),
            "catalog", Set.of("register", "deregister"),
            "peering", Set.of("token", "establish"),
            "session", Set.of("create", "destroy", "renew"),
            "event", Set.of("fire"));

    static ApiCall of(String operation, String path) {
        String place = path.startsWith("/v1/") ? path.substring(4) : path.startsWith("/") ? path.substring(1) : path;
        boolean write = WRITES.contains(operation) && QUESTIONS.stream().noneMatch(place::startsWith);
        for (Endpoint endpoint : ENDPOINTS) {
            if (isUnder(place, endpoint.path)) {
                String rest =
                        place.length() > endpoint.path.length() ? place.substring(endpoint.path.length() + 1) : "";
                Kind kind = !write ? Kind.API_CALL : endpoint.isPolicy ? Kind.POLICY_CHANGE : Kind.OBJECT_CHANGE;
                return endpoint.path.equals("config")
                        ? entry(kind, rest)
                        : new ApiCall(kind, endpoint.objectKind, name(endpoint, rest));
            }
        }
        int slash = place.indexOf('/');
        return new ApiCall(
                write ? Kind.OBJECT_CHANGE : Kind.API_CALL, slash < 0 ? place : place.substring(0, slash), "");
    }

    /// `service-intentions/db`: kind and name.
    private static ApiCall entry(Kind kind, String rest) {
        int slash = rest.indexOf('/');
        String entryKind = slash < 0 ? rest : rest.substring(0, slash);
        return new ApiCall(
                kind,
                entryKind.isEmpty() ? "config-entry" : entryKind,
                slash < 0 ? "" : decoded(rest.substring(slash + 1)));
    }

    private static String name(Endpoint endpoint, String rest) {
        String name = rest;
        int slash = name.indexOf('/');
        String first = slash < 0 ? name : name.substring(0, slash);
        if (VERBS.getOrDefault(endpoint.path, Set.of()).contains(first)) {
            name = slash < 0 ? "" : name.substring(slash + 1);
        }
        return decoded(name);
    }

    private static boolean isUnder(String place, String path) {
        return place.startsWith(path) && (place.length() == path.length() || place.charAt(path.length()) == '/');
    }

    /// A broken escape stays as it is.
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return text;
        }
    }
}
