package io.meshtrail.demo.policy;

import io.meshtrail.demo.policy.Policy.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Policies as the configuration of Envoy's RBAC filters, chained as Istio does: one filter that denies, then
/// one that
/// allows.
public final class Rbac {
    /// Istio's prefix for the results of dry runs.
    static final String SHADOW_PREFIX = "istio_dry_run_allow_";

    private static final String HTTP = "type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC";
    private static final String NETWORK = "type.googleapis.com/envoy.extensions.filters.network.rbac.v3.RBAC";

    private Rbac() {}

    /// The HTTP filter for one action. Policies of the other action are left out.
    public static Map<String, Object> http(Action action, List<Policy> policies) {
        Map<String, Object> filter = new LinkedHashMap<>();
        filter.put("@type", HTTP);
        filter.putAll(rules(action, policies));
        return filter;
    }

    /// The network filter for one action, for services that do not speak HTTP.
    public static Map<String, Object> network(Action action, List<Policy> policies) {
        Map<String, Object> filter = new LinkedHashMap<>();
        filter.put("@type", NETWORK);
        filter.put("stat_prefix", "tcp.");
        filter.putAll(rules(action, policies));
        return filter;
    }

    private static Map<String, Object> rules(Action action, List<Policy> policies) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Map<String, Object> enforced = new LinkedHashMap<>();
        Map<String, Object> shadow = new LinkedHashMap<>();
        for (Policy policy : policies) {
            if (policy.action() == action) {
                (policy.dryRun() ? shadow : enforced).putAll(policy.toEnvoy());
            }
        }
        fields.put("rules", Map.of("action", action.name(), "policies", enforced));
        if (!shadow.isEmpty()) {
            fields.put("shadow_rules", Map.of("action", action.name(), "policies", shadow));
            fields.put("shadow_rules_stat_prefix", SHADOW_PREFIX);
        }
        return fields;
    }
}
