package io.meshtrail.demo.envoy;

import io.meshtrail.demo.cast.Subnet;
import io.meshtrail.demo.cast.Workload;
import io.meshtrail.demo.identity.DemoCa;
import io.meshtrail.demo.identity.TokenIssuer;
import io.meshtrail.demo.policy.PolicyBook;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The whole configuration of each workload's proxy.
///
/// @param ingest where Meshtrail takes access logs
public record Bootstrap(Subnet subnet, DemoCa ca, TokenIssuer tokens, PolicyBook policies, InetSocketAddress ingest) {
    /// The port of `payments` where nothing listens.
    static final int REFUSING_PORT = 9090;

    /// Envoy's bootstrap as a JSON object.
    public Map<String, Object> of(Workload workload) {
        Listeners listeners = new Listeners(workload, subnet, ca, new Filters(policies));
        Clusters own = new Clusters(workload, subnet, ca);
        List<Object> clusters = new ArrayList<>();
        List<Object> listening = new ArrayList<>();
        switch (workload) {
            case EDGE -> {
                listening.add(listeners.gateway(tokens, Workload.WEB));
                clusters.add(own.outbound(Workload.WEB, false));
            }
            case WEB -> {
                listening.add(listeners.inboundHttp(List.of()));
                listening.add(listeners.outboundHttp(List.of(Workload.ORDERS), List.of(Clusters.LEGACY_HOST)));
                clusters.add(own.inbound(Workload.APP));
                clusters.add(own.outbound(Workload.ORDERS, false));
                clusters.add(own.legacy(Workload.PAYMENTS));
            }
            case ORDERS -> {
                listening.add(listeners.inboundHttp(List.of()));
                listening.add(listeners.outboundHttp(List.of(Workload.PAYMENTS), List.of()));
                clusters.add(own.inbound(Workload.APP));
                clusters.add(own.outbound(Workload.PAYMENTS, true));
            }
            case PAYMENTS -> {
                listening.add(listeners.inboundHttp(List.of(
                        HttpManager.route("/payments/refunds", Clusters.inboundName(REFUSING_PORT), "5s"),
                        HttpManager.route("/payments/slow", Clusters.inboundName(Workload.APP), "0.25s"))));
                listening.add(listeners.outboundTcp(Workload.LEDGERDB, Workload.DATABASE));
                clusters.add(own.inbound(Workload.APP));
                clusters.add(own.inbound(REFUSING_PORT));
                clusters.add(own.outboundTcp(Workload.LEDGERDB, Workload.DATABASE));
            }
            case LEDGERDB -> {
                listening.add(listeners.inboundTcp(Workload.DATABASE));
                clusters.add(own.inboundTcp(Workload.DATABASE));
            }
        }
        clusters.add(Clusters.grpc(AccessLogs.CLUSTER, ingest.getHostString(), ingest.getPort()));
        clusters.add(Clusters.grpc(HttpManager.NO_TRACES, "127.0.0.1", 9));
        return Map.of(
                "node",
                node(workload),
                "admin",
                Map.of("address", Typed.address(workload.address(subnet), Workload.ADMIN)),
                "static_resources",
                Map.of("listeners", listening, "clusters", clusters));
    }

    private Map<String, Object> node(Workload workload) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("NAME", workload.podName());
        metadata.put("NAMESPACE", workload.namespace());
        metadata.put("WORKLOAD_NAME", workload.workloadName());
        metadata.put(
                "OWNER",
                "kubernetes://apis/apps/v1/namespaces/" + workload.namespace() + "/deployments/"
                        + workload.workloadName());
        metadata.put("SERVICE_ACCOUNT", workload.workloadName());
        metadata.put("CLUSTER_ID", workload.cluster());
        metadata.put("MESH_ID", "cluster.local");
        metadata.put("INSTANCE_IPS", workload.address(subnet));
        metadata.put("ISTIO_VERSION", "1.31.0");
        metadata.put("LABELS", Map.of("app", workload.workloadName()));
        return Map.of(
                "id",
                workload.nodeId(subnet),
                "cluster",
                workload.workloadName() + "." + workload.namespace(),
                "metadata",
                metadata,
                "locality",
                Map.of("region", workload.cluster(), "zone", workload.cluster() + "-a"));
    }
}
