package io.meshtrail.envoy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.json.Json;
import java.util.Optional;

/// What one mesh adds to Envoy's printed access log: its names for clusters and policies, and keys of its
/// own. The methods are those of Istio, or of an Envoy without a mesh, unless a mesh says otherwise.
public interface Dialect {
    /// The value of `mesh` if the sender names none.
    String mesh();

    /// The record under the names of keys that [AccessRecord] reads.
    default Json named(Json record) {
        return record;
    }

    /// What the name of an upstream cluster says.
    default ClusterName cluster(String name) {
        return ClusterName.parse(name);
    }

    /// What the id of an RBAC policy that denied says; empty if it means that no policy matched.
    default Optional<PolicyId> policy(String id) {
        return Optional.of(PolicyId.parse(id));
    }

    /// Whether a key that names the downstream peer is filled by the proxy from the handshake that it made.
    default boolean isProven(String key) {
        return false;
    }

    /// Fills what only this mesh prints. Called last; may replace what was found before.
    ///
    /// @param record with secrets masked, under the names of [#named]
    /// @param side where the proxy stands, as far as cluster and route tell
    /// @return where the proxy stands
    default Side add(Json record, Side side, AuditEvent.Builder event) {
        return side;
    }
}
