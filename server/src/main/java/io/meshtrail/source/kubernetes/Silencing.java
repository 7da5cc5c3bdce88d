package io.meshtrail.source.kubernetes;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Objects through which the audit itself can be made silent: what a proxy logs, where that goes, and
/// Meshtrail's own.
final class Silencing {
    private static final String MESH = "what the proxies of the mesh log";

    /// By `group/resource`.
    private static final Map<String, String> RESOURCES = Map.ofEntries(
            Map.entry("telemetry.istio.io/telemetries", MESH),
            Map.entry("networking.istio.io/envoyfilters", MESH),
            Map.entry("networking.istio.io/proxyconfigs", MESH),
            Map.entry("extensions.istio.io/wasmplugins", MESH),
            Map.entry("extensions.istio.io/trafficextensions", MESH),
            Map.entry("install.istio.io/istiooperators", MESH),
            Map.entry("kuma.io/meshaccesslogs", MESH),
            Map.entry("kuma.io/meshproxypatches", MESH),
            Map.entry("consul.hashicorp.com/proxydefaults", MESH),
            Map.entry("consul.hashicorp.com/servicedefaults", MESH),
            Map.entry("gateway.envoyproxy.io/envoyproxies", MESH),
            Map.entry("gateway.envoyproxy.io/envoypatchpolicies", MESH),
            Map.entry("cilium.io/ciliumenvoyconfigs", MESH),
            Map.entry("cilium.io/ciliumclusterwideenvoyconfigs", MESH),
            Map.entry("auditregistration.k8s.io/auditsinks", "what the API server reports"));

    /// Single objects, as `resource/namespace/name`.
    private static final Set<String> OBJECTS = Set.of(
            "configmaps/istio-system/istio",
            "configmaps/istio-system/istio-sidecar-injector",
            "configmaps/linkerd/linkerd-config",
            "configmaps/linkerd/linkerd-sidecar-injector",
            "configmaps/kube-system/cilium-config");

    private static final String ISTIO_REVISION = "configmaps/istio-system/istio-";
    private static final String OURS = "meshtrail";

    private Silencing() {}

    /// What a write to this object can make silent.
    static Optional<String> of(Call call) {
        String qualified = call.group() + "/" + call.resource();
        if (isOurs(call.namespace()) || isOurs(call.name())) {
            return Optional.of("Meshtrail itself");
        }
        String place = call.resource() + "/" + call.namespace() + "/" + call.name();
        if (call.group().isEmpty() && (OBJECTS.contains(place) || place.startsWith(ISTIO_REVISION))) {
            return Optional.of(MESH);
        }
        if (qualified.equals("apiextensions.k8s.io/customresourcedefinitions")) {
            // `telemetries.telemetry.istio.io`: without its definition all its objects are gone.
            int dot = call.name().indexOf('.');
            String defined = dot < 0
                    ? ""
                    : call.name().substring(dot + 1) + "/" + call.name().substring(0, dot);
            return Optional.ofNullable(RESOURCES.get(defined));
        }
        return Optional.ofNullable(RESOURCES.get(qualified));
    }

    private static boolean isOurs(String name) {
        return name.equals(OURS) || name.startsWith(OURS + "-");
    }
}
