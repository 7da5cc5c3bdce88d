package io.meshtrail.source.consul;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import java.util.List;

/// A service of Consul, as an SNI or a SPIFFE id names it.
///
/// @param service empty if unknown
/// @param namespace Consul's own, `default` in the community edition
record ServiceName(String service, String namespace) {
    private static final ServiceName UNKNOWN = new ServiceName("", "");

    /// Reads `db.default.dc1.internal.<trust domain>`, with a subset before the service, with a partition
    /// before the datacenter (then the label is `internal-v1`), or `external` for a peer.
    static ServiceName ofSni(String sni) {
        List<String> labels = List.of(sni.split("\\."));
        int mark = labels.indexOf("internal");
        if (mark == 3 || mark == 4) {
            return new ServiceName(labels.get(mark - 3), labels.get(mark - 2));
        }
        int other = Math.max(labels.indexOf("internal-v1"), labels.indexOf("external"));
        return other == 3 || other == 4 ? new ServiceName(labels.get(0), labels.get(1)) : UNKNOWN;
    }

    /// Reads `spiffe://<trust domain>[/ap/<partition>]/ns/<namespace>/dc/<datacenter>/svc/<service>`.
    static ServiceName ofIdentity(String identity) {
        if (!identity.startsWith("spiffe://")) {
            return UNKNOWN;
        }
        String[] parts = identity.split("/");
        String service = "";
        String namespace = "";
        for (int i = 3; i + 1 < parts.length; i += 2) {
            if (parts[i].equals("svc")) {
                service = parts[i + 1];
            } else if (parts[i].equals("ns")) {
                namespace = parts[i + 1];
            }
        }
        return service.isEmpty() ? UNKNOWN : new ServiceName(service, namespace);
    }

    boolean isKnown() {
        return !service.isEmpty();
    }

    void fill(AuditEvent.Builder event, Field serviceField, Field namespaceField) {
        event.text(serviceField, service).text(namespaceField, namespace);
    }
}
