package io.meshtrail.source.envoy;

import io.meshtrail.envoy.ClusterName;
import io.meshtrail.envoy.EnvoyVerdict;
import io.meshtrail.envoy.Side;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Reason;
import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.ProtoReader;
import io.meshtrail.protobuf.Span;

/// Who called whom. The observer is one of the two ends, or stands between them:
///
/// * a `server` is the destination, and so is a gateway or waypoint that never chose an upstream; its
///   workload and namespace are the node's, its identity is that of the certificate it showed;
/// * a `client` is the source; what it knows of the destination is the cluster's host, the upstream's
///   metadata and, by custom tag, the upstream's certificate.
///
/// An identity from a certificate is `mtls` if the handshake succeeded; from a failed handshake it is only
/// what the peer wrote into a certificate that nobody vouched for: `claimed`. So is what another proxy told
/// of itself (peer metadata), and `io.istio.peer_principal`, which a waypoint's outer listener verified but
/// which this entry only quotes.
final class Ends {
    private final EntryFacts facts;
    private final TextCache texts;
    private final FreeTexts free;
    private final AuditEvent.Builder event;
    private final StreamNode node;
    private final ClusterName cluster;
    private final boolean client;
    private final boolean destinationIsNode;

    Ends(
            EntryFacts facts,
            TextCache texts,
            FreeTexts free,
            AuditEvent.Builder event,
            StreamNode node,
            Side side,
            ClusterName cluster) {
        this.facts = facts;
        this.texts = texts;
        this.free = free;
        this.event = event;
        this.node = node;
        this.cluster = cluster;
        this.client = side == Side.CLIENT;
        boolean between = side == Side.GATEWAY || side == Side.WAYPOINT;
        this.destinationIsNode = side == Side.SERVER || (between && facts.cluster == Span.NONE);
    }

    void source() throws MalformedBytesException {
        long shown = facts.tls.peer.identity(facts.bytes);
        boolean verified = facts.peerVerified();
        boolean claimed = false;
        if (shown != Span.NONE) {
            put(Field.SOURCE_IDENTITY, shown);
            claimed = true;
        } else if (facts.peerPrincipal != Span.NONE) {
            put(Field.SOURCE_IDENTITY, facts.peerPrincipal);
            claimed = true;
        } else if (client) {
            verified = ownIdentity(verified);
        }
        if (client) {
            own(Field.SOURCE_WORKLOAD, Field.SOURCE_NAMESPACE, Field.SOURCE_SERVICE);
        } else {
            claimed |= peer(
                    facts.downstreamPeer,
                    "source.cluster",
                    Field.SOURCE_WORKLOAD,
                    Field.SOURCE_NAMESPACE,
                    Field.SOURCE_SERVICE);
            if (facts.downstreamFailure == Span.NONE) {
                namespaceOf(Field.SOURCE_IDENTITY, Field.SOURCE_NAMESPACE);
            }
        }
        event.text(Field.SOURCE_VERIFIED, verified ? "mtls" : claimed ? "claimed" : "none");
    }

    void destination(EnvoyVerdict verdict) throws MalformedBytesException {
        if (destinationIsNode) {
            own(Field.DESTINATION_WORKLOAD, Field.DESTINATION_NAMESPACE, Field.DESTINATION_SERVICE);
            long shown = facts.tls.local.identity(facts.bytes);
            if (shown != Span.NONE) {
                put(Field.DESTINATION_IDENTITY, shown);
                boolean succeeded = facts.downstreamFailure == Span.NONE && facts.tls.negotiated();
                event.text(Field.DESTINATION_VERIFIED, succeeded ? "mtls" : "claimed");
            }
            return;
        }
        event.text(Field.DESTINATION_SERVICE, cluster.host());
        event.text(Field.DESTINATION_NAMESPACE, cluster.namespace());
        boolean claimed = peer(
                facts.upstreamPeer,
                "destination.cluster",
                Field.DESTINATION_WORKLOAD,
                Field.DESTINATION_NAMESPACE,
                Field.DESTINATION_SERVICE);
        if (!free.upstreamIdentity.isEmpty()) {
            event.text(Field.DESTINATION_IDENTITY, free.upstreamIdentity);
            boolean failed = verdict.isFor(Reason.UPSTREAM_TLS_FAILED);
            event.text(Field.DESTINATION_VERIFIED, failed ? "claimed" : "mtls");
            namespaceOf(Field.DESTINATION_IDENTITY, Field.DESTINATION_NAMESPACE);
        } else if (claimed) {
            event.text(Field.DESTINATION_VERIFIED, "claimed");
        }
    }

    /// The client's own identity, where the operator logs the certificate that it shows upstream.
    private boolean ownIdentity(boolean verified) {
        if (!free.upstreamLocalIdentity.isEmpty()) {
            event.text(Field.SOURCE_IDENTITY, free.upstreamLocalIdentity);
            return true;
        }
        return verified;
    }

    private void own(Field workload, Field namespace, Field service) {
        event.text(workload, node.workload());
        event.text(namespace, node.namespace());
        event.text(service, cluster.host().isEmpty() || client ? node.service() : cluster.host());
    }

    /// Reads Istio's peer metadata: what is not known better yet is taken from it.
    ///
    /// @return whether it says anything
    private boolean peer(long struct, String clusterName, Field workload, Field namespace, Field service)
            throws MalformedBytesException {
        if (struct == Span.NONE) {
            return false;
        }
        boolean told = false;
        StructField field = new StructField();
        ProtoReader fields = ProtoReader.at(facts.bytes, struct);
        while (field.next(fields)) {
            long key = field.key();
            if (Span.is(facts.bytes, key, "workload")) {
                told |= putIfUnknown(workload, field.text());
            } else if (Span.is(facts.bytes, key, "namespace")) {
                told |= putIfUnknown(namespace, field.text());
            } else if (Span.is(facts.bytes, key, "service")) {
                told |= putIfUnknown(service, field.text());
            } else if (Span.is(facts.bytes, key, "cluster") && field.text() != Span.NONE) {
                event.attribute(clusterName, texts.text(event, clusterName, facts.bytes, field.text()));
            }
        }
        return told;
    }

    /// An identity of Istio's form, `spiffe://<domain>/ns/<namespace>/sa/<account>`, names the namespace
    /// better than the peer's own metadata does.
    private void namespaceOf(Field identity, Field namespace) {
        if (event.get(identity) instanceof String id && id.startsWith("spiffe://")) {
            int start = id.indexOf("/ns/");
            int end = id.indexOf("/sa/", Math.max(start, 0));
            if (start > 0 && end > start + 4) {
                event.text(namespace, id.substring(start + 4, end));
            }
        }
    }

    private boolean putIfUnknown(Field field, long span) {
        if (span == Span.NONE) {
            return false;
        }
        if (!event.has(field)) {
            put(field, span);
        }
        return true;
    }

    private void put(Field field, long span) {
        texts.put(event, field, facts.bytes, span);
    }
}
