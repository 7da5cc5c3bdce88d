package io.meshtrail.bench.traffic;

import java.util.List;
import java.util.random.RandomGenerator;

/// A service of the made-up mesh, or a client that only calls.
///
/// @param address of its first pod
record Service(String name, String namespace, String address, int port, String agent) {
    private static final List<String> NAMESPACES = List.of(
            "shop",
            "payments",
            "catalog",
            "identity",
            "search",
            "shipping",
            "pricing",
            "media",
            "risk",
            "reports",
            "support",
            "platform");
    private static final List<String> NOUNS = List.of(
            "orders",
            "cart",
            "catalog",
            "price",
            "stock",
            "invoice",
            "ledger",
            "session",
            "profile",
            "mail",
            "review",
            "coupon",
            "address",
            "shipment",
            "refund",
            "image",
            "query",
            "ranking",
            "fraud",
            "report",
            "quota",
            "config",
            "feature",
            "ticket",
            "audit");
    private static final List<String> ROLES = List.of("api", "web", "worker", "store");
    private static final List<String> AGENTS = List.of(
            "Go-http-client/2.0",
            "okhttp/5.3.2",
            "python-requests/2.32.5",
            "axios/1.13.2",
            "grpc-java-netty/1.85.1",
            "Apache-HttpClient/5.5 (Java/25)",
            "curl/8.17.0",
            "node-fetch/3.3.2",
            "reqwest/0.12",
            "Envoy/HC",
            "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36");
    private static final List<Integer> PORTS = List.of(8080, 8080, 8080, 9080, 8443, 3000);

    /// The service of a rank; different ranks have different names.
    static Service of(int rank, RandomGenerator random) {
        String noun = NOUNS.get(rank % NOUNS.size());
        String role = ROLES.get(rank / NOUNS.size() % ROLES.size());
        int again = rank / (NOUNS.size() * ROLES.size());
        return new Service(
                noun + "-" + role + (again == 0 ? "" : "-" + again),
                NAMESPACES.get(random.nextInt(NAMESPACES.size())),
                "10." + (24 + rank / 250) + "." + random.nextInt(256) + "." + (2 + rank % 250),
                PORTS.get(random.nextInt(PORTS.size())),
                AGENTS.get(random.nextInt(AGENTS.size())));
    }

    String identity() {
        return "spiffe://cluster.local/ns/" + namespace + "/sa/" + name;
    }

    String host() {
        return name + "." + namespace + ".svc.cluster.local";
    }

    /// The node id of one of its sidecars, as Istio writes it.
    String node(int replica) {
        return "sidecar~" + address + "~" + name + "-" + Integer.toHexString(0x7c9f4 + replica * 7919) + "." + namespace
                + "~" + namespace + ".svc.cluster.local";
    }
}
