package io.meshtrail.demo.envoy;

import io.meshtrail.demo.identity.DemoCa;
import io.meshtrail.demo.identity.Identity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The transport sockets.
final class Tls {
    private static final String DOWNSTREAM = "envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext";
    private static final String UPSTREAM = "envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext";

    /// Envoy as a client stops at TLS 1.2 by itself.
    private static final Map<String, Object> MODERN = Map.of("tls_maximum_protocol_version", "TLSv1_3");

    private Tls() {}

    /// mTLS, strict: a certificate of our CA for a workload of our trust domain, or no connection.
    static Map<String, Object> mutual(DemoCa ca, Identity own) {
        return socket(
                DOWNSTREAM,
                Map.of(
                        "require_client_certificate",
                        true,
                        "common_tls_context",
                        Map.of(
                                "tls_certificates",
                                List.of(certificate(own)),
                                "alpn_protocols",
                                List.of("h2", "http/1.1"),
                                "validation_context",
                                validation(ca.rootFile(), Map.of("prefix", "spiffe://cluster.local/")))));
    }

    /// TLS for the world outside, as a gateway serves it.
    static Map<String, Object> simple(Identity own) {
        return socket(
                DOWNSTREAM,
                Map.of(
                        "common_tls_context",
                        Map.of(
                                "tls_certificates",
                                List.of(certificate(own)),
                                "alpn_protocols",
                                List.of("h2", "http/1.1"))));
    }

    /// mTLS towards a workload that must show exactly that identity.
    static Map<String, Object> towards(DemoCa ca, Identity own, String spiffeId, String sni, String alpn) {
        return socket(
                UPSTREAM,
                Map.of(
                        "sni",
                        sni,
                        "common_tls_context",
                        Map.of(
                                "tls_params",
                                MODERN,
                                "tls_certificates",
                                List.of(certificate(own)),
                                "alpn_protocols",
                                List.of(alpn),
                                "validation_context",
                                validation(ca.rootFile(), Map.of("exact", spiffeId)))));
    }

    private static Map<String, Object> socket(String message, Map<String, ?> fields) {
        return Typed.extension("envoy.transport_sockets.tls", message, fields);
    }

    private static Map<String, Object> certificate(Identity own) {
        return Map.of("certificate_chain", file(own.chainFile()), "private_key", file(own.keyFile()));
    }

    private static Map<String, Object> validation(Path root, Map<String, String> matcher) {
        return Map.of(
                "trusted_ca",
                file(root),
                "match_typed_subject_alt_names",
                List.of(Map.of("san_type", "URI", "matcher", matcher)));
    }

    private static Map<String, Object> file(Path file) {
        return Map.of("filename", file.toAbsolutePath().toString());
    }
}
