package io.meshtrail.demo.policy;

import io.meshtrail.demo.cast.Workload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// An AuthorizationPolicy: what the Kubernetes object says and what the proxies enforce.
///
/// @param target the workload whose proxy enforces it; the policy lives in its namespace and cluster
/// @param dryRun evaluated and reported, not enforced
public record Policy(String name, Workload target, Action action, List<Rule> rules, boolean dryRun) {
    /// What a match means.
    public enum Action {
        ALLOW,
        DENY
    }

    public Policy {
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("policy " + name + " has no rule");
        }
    }

    static Policy allow(Workload target, String name, Rule... rules) {
        return new Policy(name, target, Action.ALLOW, List.of(rules), false);
    }

    static Policy deny(Workload target, String name, Rule... rules) {
        return new Policy(name, target, Action.DENY, List.of(rules), false);
    }

    Policy asDryRun() {
        return new Policy(name, target, action, rules, true);
    }

    /// `namespace/name`.
    public String fullName() {
        return target.namespace() + "/" + name;
    }

    String uid() {
        byte[] seed = (target.cluster() + "/" + fullName()).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(seed).toString();
    }

    /// Envoy's policies, by the names Istio gives them: `ns[shop]-policy[orders-viewer]-rule[0]`.
    Map<String, Object> toEnvoy() {
        Map<String, Object> policies = new LinkedHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            String id = "ns[" + target.namespace() + "]-policy[" + name + "]-rule[" + i + "]";
            policies.put(id, rules.get(i).toEnvoy());
        }
        return policies;
    }

    /// The Kubernetes object.
    Map<String, Object> toKubernetes(long revision, Instant created) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("namespace", target.namespace());
        metadata.put("uid", uid());
        metadata.put("resourceVersion", Long.toString(revision));
        metadata.put(
                "creationTimestamp",
                Instant.ofEpochSecond(created.getEpochSecond()).toString());
        if (dryRun) {
            metadata.put("annotations", Map.of("istio.io/dry-run", "true"));
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("selector", Map.of("matchLabels", Map.of("app", target.workloadName())));
        spec.put("action", action.name());
        spec.put("rules", rules.stream().map(Rule::toIstio).toList());
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", "security.istio.io/v1");
        object.put("kind", "AuthorizationPolicy");
        object.put("metadata", metadata);
        object.put("spec", spec);
        return object;
    }
}
