package io.meshtrail.demo.cast;

/// A workload with an Envoy of its own.
public enum Workload {
    EDGE("edge", "istio-system", "east", "router", 10),
    WEB("web", "shop", "east", "sidecar", 11),
    ORDERS("orders", "shop", "east", "sidecar", 12),
    PAYMENTS("payments", "shop", "west", "sidecar", 13),
    LEDGERDB("ledgerdb", "shop", "west", "sidecar", 14);

    /// The port where a sidecar takes calls from other workloads, as in Istio.
    public static final int INBOUND = 15006;

    /// The port where a sidecar takes HTTP calls from its own service.
    public static final int OUTBOUND = 15001;

    /// The port where a sidecar takes database connections from its own service.
    public static final int DATABASE = 5432;

    /// The port of Envoy's own pages.
    public static final int ADMIN = 15000;

    /// The port of the service behind the sidecar.
    public static final int APP = 8080;

    /// The port of the gateway.
    public static final int GATEWAY = 8443;

    private final String workloadName;
    private final String namespace;
    private final String cluster;
    private final String proxyType;
    private final int lastOctet;

    Workload(String workloadName, String namespace, String cluster, String proxyType, int lastOctet) {
        this.workloadName = workloadName;
        this.namespace = namespace;
        this.cluster = cluster;
        this.proxyType = proxyType;
        this.lastOctet = lastOctet;
    }

    /// The deployment's name; the service account has the same.
    public String workloadName() {
        return workloadName;
    }

    public String namespace() {
        return namespace;
    }

    /// The Kubernetes cluster: `east` or `west`.
    public String cluster() {
        return cluster;
    }

    public String proxyType() {
        return proxyType;
    }

    public String podName() {
        return workloadName + "-5d8f7c6b9-x2x4k";
    }

    public String spiffeId() {
        return "spiffe://cluster.local/ns/" + namespace + "/sa/" + workloadName;
    }

    /// The service's host name in the mesh.
    public String host() {
        return workloadName + "." + namespace + ".svc.cluster.local";
    }

    public String address(Subnet subnet) {
        return subnet.address(lastOctet);
    }

    /// Istio's form of a proxy's name: `type~address~pod.namespace~domain`.
    public String nodeId(Subnet subnet) {
        return proxyType + "~" + address(subnet) + "~" + podName() + "." + namespace + "~" + namespace
                + ".svc.cluster.local";
    }

    /// The server name that a caller's sidecar puts into its TLS hello.
    public String sni(int port) {
        return "outbound_." + port + "_._." + host();
    }
}
