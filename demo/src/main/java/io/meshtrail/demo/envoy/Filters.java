package io.meshtrail.demo.envoy;

import io.meshtrail.demo.cast.Workload;
import io.meshtrail.demo.identity.TokenIssuer;
import io.meshtrail.demo.policy.Policy;
import io.meshtrail.demo.policy.Policy.Action;
import io.meshtrail.demo.policy.PolicyBook;
import io.meshtrail.demo.policy.Rbac;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The filters that decide.
final class Filters {
    private final PolicyBook policies;

    Filters(PolicyBook policies) {
        this.policies = policies;
    }

    /// RBAC over HTTP, as Istio chains it: deny first, then allow. Both read their policies from watched files.
    List<Object> http(Workload workload) {
        List<Object> filters = new ArrayList<>();
        filters.add(discovered(workload, Action.DENY));
        // A filter that allows by an empty list would refuse everything.
        if (has(workload, Action.ALLOW)) {
            filters.add(discovered(workload, Action.ALLOW));
        }
        return filters;
    }

    /// RBAC over plain connections.
    List<Object> network(Workload workload) {
        List<Policy> own = policies.of(workload);
        return List.of(
                Map.of("name", "envoy.filters.network.rbac.deny", "typed_config", Rbac.network(Action.DENY, own)),
                Map.of("name", "envoy.filters.network.rbac.allow", "typed_config", Rbac.network(Action.ALLOW, own)));
    }

    /// A token of the demo's identity provider, or no entry.
    static Map<String, Object> token(TokenIssuer issuer) {
        Map<String, Object> provider = Map.of(
                "issuer",
                TokenIssuer.ISSUER,
                "audiences",
                List.of(TokenIssuer.AUDIENCE),
                "local_jwks",
                Map.of("inline_string", issuer.jwks()),
                "payload_in_metadata",
                "payload");
        return Typed.extension(
                "envoy.filters.http.jwt_authn",
                "envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication",
                Map.of(
                        "providers",
                        Map.of("corp", provider),
                        "rules",
                        List.of(Map.of("match", Map.of("prefix", "/"), "requires", Map.of("provider_name", "corp")))));
    }

    static Map<String, Object> tcpProxy(String cluster) {
        return Typed.extension(
                "envoy.filters.network.tcp_proxy",
                "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
                Map.of("stat_prefix", cluster, "cluster", cluster, "access_log", AccessLogs.tcp()));
    }

    static Map<String, Object> tlsInspector() {
        return Typed.extension(
                "envoy.filters.listener.tls_inspector",
                "envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector",
                Map.of());
    }

    private boolean has(Workload workload, Action action) {
        return policies.of(workload).stream().anyMatch(policy -> policy.action() == action && !policy.dryRun());
    }

    private Map<String, Object> discovered(Workload workload, Action action) {
        return Map.of(
                "name",
                PolicyBook.filterName(action),
                "config_discovery",
                Map.of(
                        "config_source",
                        Map.of(
                                "resource_api_version",
                                "V3",
                                "path_config_source",
                                Map.of(
                                        "path",
                                        policies.file(workload, action)
                                                .toAbsolutePath()
                                                .toString(),
                                        "watched_directory",
                                        Map.of(
                                                "path",
                                                policies.folder(workload)
                                                        .toAbsolutePath()
                                                        .toString()))),
                        "type_urls",
                        List.of("type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC")));
    }
}
