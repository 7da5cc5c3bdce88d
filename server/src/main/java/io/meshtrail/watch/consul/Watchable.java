package io.meshtrail.watch.consul;

import io.meshtrail.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A list of Consul's API that is watched.
///
/// @param path of the list
/// @param kind of its objects, as `object.kind`; of config entries their `Kind`
/// @param member the list within the answer; empty if the answer is the list
/// @param naming the member that names an object
/// @param detail the path to one object, before its `ID`, where the list shows objects only in part
record Watchable(String path, String kind, String member, String naming, Optional<String> detail) {
    private static final List<String> ENTRIES = List.of(
            "service-intentions",
            "service-defaults",
            "proxy-defaults",
            "mesh",
            "service-router",
            "service-splitter",
            "service-resolver",
            "ingress-gateway",
            "terminating-gateway",
            "api-gateway",
            "http-route",
            "tcp-route",
            "inline-certificate",
            "file-system-certificate",
            "exported-services",
            "sameness-group",
            "jwt-provider",
            "control-plane-request-limit");

    static List<Watchable> all() {
        List<Watchable> all = new ArrayList<>();
        for (String kind : ENTRIES) {
            all.add(new Watchable("/v1/config/" + kind, kind, "", "Name", Optional.empty()));
        }
        all.add(new Watchable("/v1/acl/policies", "acl-policy", "", "Name", Optional.of("/v1/acl/policy/")));
        all.add(new Watchable("/v1/acl/roles", "acl-role", "", "Name", Optional.empty()));
        all.add(new Watchable("/v1/acl/tokens", "acl-token", "", "AccessorID", Optional.empty()));
        all.add(new Watchable("/v1/acl/auth-methods", "acl-auth-method", "", "Name", Optional.empty()));
        all.add(new Watchable("/v1/acl/binding-rules", "acl-binding-rule", "", "ID", Optional.empty()));
        all.add(new Watchable("/v1/connect/ca/roots", "ca-root", "Roots", "ID", Optional.empty()));
        return List.copyOf(all);
    }

    List<Json> items(Json answer) {
        return member.isEmpty() ? answer.items() : answer.get(member).items();
    }

    /// What an object is called; empty if it is none.
    Optional<String> name(Json item) {
        return item.get(naming).text();
    }

    /// Namespace and partition, as far as an edition has them.
    static String namespace(Json item) {
        String namespace = item.get("Namespace").text().orElse("");
        String partition = item.get("Partition")
                .text()
                .filter(name -> !name.equals("default"))
                .orElse("");
        return partition.isEmpty() ? namespace : partition + "/" + namespace;
    }
}
