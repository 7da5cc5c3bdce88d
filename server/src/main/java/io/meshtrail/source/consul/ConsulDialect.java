package io.meshtrail.source.consul;

import io.meshtrail.envoy.ClusterName;
import io.meshtrail.envoy.Dialect;
import io.meshtrail.envoy.KeyNames;
import io.meshtrail.envoy.PolicyId;
import io.meshtrail.envoy.Side;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.json.Json;
import java.util.Optional;

/// Consul's names in Envoy: `local_app` is the service behind the proxy, other clusters have the name of
/// the upstream's SNI; the policies of its RBAC filter do not name the intention.
record ConsulDialect() implements Dialect {
    private static final String LAYER_4 = "consul-intentions-layer4";
    private static final String LAYER_7 = "consul-intentions-layer7-";

    @Override
    public String mesh() {
        return "consul";
    }

    @Override
    public Json named(Json record) {
        return KeyNames.read(record);
    }

    @Override
    public ClusterName cluster(String name) {
        if (name.startsWith("local_app")) {
            return new ClusterName(Side.SERVER, "", "");
        }
        ServiceName service = ServiceName.ofSni(name.substring(name.lastIndexOf('~') + 1));
        return service.isKnown()
                ? new ClusterName(Side.CLIENT, service.service(), service.namespace())
                : ClusterName.NONE;
    }

    /// The number of a rule of layer 7 is its place in the sorted list of that destination at that time.
    @Override
    public Optional<PolicyId> policy(String id) {
        if (id.equals(LAYER_4)) {
            return Optional.of(new PolicyId(id, "ServiceIntentions", ""));
        }
        boolean layer7 = id.startsWith(LAYER_7);
        return Optional.of(
                new PolicyId(id, layer7 ? "ServiceIntentions" : "", layer7 ? id.substring(LAYER_7.length()) : ""));
    }

    /// Consul's proxies demand a certificate on every inbound connection.
    @Override
    public boolean isProven(String key) {
        return key.endsWith("_uri_san");
    }

    @Override
    public Side add(Json record, Side side, AuditEvent.Builder event) {
        service(event, Field.SOURCE_IDENTITY, Field.SOURCE_SERVICE, Field.SOURCE_NAMESPACE);
        service(event, Field.DESTINATION_IDENTITY, Field.DESTINATION_SERVICE, Field.DESTINATION_NAMESPACE);
        if (side != Side.CLIENT
                && !event.has(Field.DESTINATION_SERVICE)
                && event.get(Field.TLS_SNI) instanceof String sni) {
            ServiceName.ofSni(sni).fill(event, Field.DESTINATION_SERVICE, Field.DESTINATION_NAMESPACE);
        }
        // Our recommended format marks itself, and repeats the cluster as the direction.
        event.withoutAttribute("mt").withoutAttribute("direction");
        return side;
    }

    private static void service(AuditEvent.Builder event, Field identity, Field service, Field namespace) {
        if (event.get(identity) instanceof String id) {
            ServiceName.ofIdentity(id).fill(event, service, namespace);
        }
    }
}
