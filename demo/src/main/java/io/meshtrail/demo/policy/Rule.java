package io.meshtrail.demo.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One rule of a policy. An empty list means "any".
///
/// @param principals SPIFFE IDs
/// @param methods HTTP methods
/// @param paths path prefixes
public record Rule(List<String> principals, List<String> methods, List<String> paths) {
    static final Rule ANY = new Rule(List.of(), List.of(), List.of());

    public Rule {
        principals = List.copyOf(principals);
        methods = List.copyOf(methods);
        paths = List.copyOf(paths);
    }

    static Rule from(String... spiffeIds) {
        return new Rule(List.of(spiffeIds), List.of(), List.of());
    }

    Rule methods(String... those) {
        return new Rule(principals, List.of(those), paths);
    }

    Rule paths(String... prefixes) {
        return new Rule(principals, methods, List.of(prefixes));
    }

    /// As Istio writes it in an AuthorizationPolicy: principals without the scheme, prefixes with a star.
    Map<String, Object> toIstio() {
        Map<String, Object> rule = new LinkedHashMap<>();
        if (!principals.isEmpty()) {
            List<String> names = principals.stream()
                    .map(id -> id.substring("spiffe://".length()))
                    .toList();
            rule.put("from", List.of(Map.of("source", Map.of("principals", names))));
        }
        if (!methods.isEmpty() || !paths.isEmpty()) {
            Map<String, Object> operation = new LinkedHashMap<>();
            if (!methods.isEmpty()) {
                operation.put("methods", methods);
            }
            if (!paths.isEmpty()) {
                operation.put("paths", paths.stream().map(path -> path + "*").toList());
            }
            rule.put("to", List.of(Map.of("operation", operation)));
        }
        return rule;
    }

    /// As Envoy's RBAC reads it.
    Map<String, Object> toEnvoy() {
        List<Object> permissions = new ArrayList<>();
        if (!methods.isEmpty()) {
            permissions.add(Map.of(
                    "or_rules",
                    Map.of(
                            "rules",
                            methods.stream()
                                    .map(method -> Map.of(
                                            "header",
                                            Map.of("name", ":method", "string_match", Map.of("exact", method))))
                                    .toList())));
        }
        if (!paths.isEmpty()) {
            permissions.add(Map.of(
                    "or_rules",
                    Map.of(
                            "rules",
                            paths.stream()
                                    .map(path -> Map.of("url_path", Map.of("path", Map.of("prefix", path))))
                                    .toList())));
        }
        Map<String, Object> who = principals.isEmpty()
                ? Map.of("any", true)
                : Map.of(
                        "or_ids",
                        Map.of(
                                "ids",
                                principals.stream()
                                        .map(id ->
                                                Map.of("authenticated", Map.of("principal_name", Map.of("exact", id))))
                                        .toList()));
        Map<String, Object> what =
                permissions.isEmpty() ? Map.of("any", true) : Map.of("and_rules", Map.of("rules", permissions));
        return Map.of("permissions", List.of(what), "principals", List.of(who));
    }
}
