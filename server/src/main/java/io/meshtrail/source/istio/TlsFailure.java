package io.meshtrail.source.istio;

import io.meshtrail.event.Reason;
import java.util.Locale;

/// Reads the words of BoringSSL and OpenSSL about a failed handshake, as seen by the side that accepts.
final class TlsFailure {
    private TlsFailure() {}

    static Reason reason(String words) {
        String text = words.toUpperCase(Locale.ROOT).replace('_', ' ');
        if (text.contains("CERTIFICATE VERIFY FAILED")) {
            return verification(text);
        }
        if (text.contains("PEER DID NOT RETURN A CERTIFICATE") || text.contains("CERTIFICATE REQUIRED")) {
            return Reason.NO_CLIENT_CERTIFICATE;
        }
        if (text.contains("ALERT CERTIFICATE")
                || text.contains("ALERT BAD CERTIFICATE")
                || text.contains("ALERT UNKNOWN CA")
                || text.contains("ALERT UNSUPPORTED CERTIFICATE")) {
            return Reason.PEER_REJECTED_CERTIFICATE;
        }
        if (text.contains("HTTP REQUEST") || text.contains("WRONG VERSION NUMBER")) {
            return Reason.PLAINTEXT_ON_MTLS;
        }
        if (text.contains("NO SHARED CIPHER")
                || text.contains("UNSUPPORTED PROTOCOL")
                || text.contains("ALERT PROTOCOL VERSION")
                || text.contains("ALERT HANDSHAKE FAILURE")
                || text.contains("NO COMMON SIGNATURE ALGORITHMS")) {
            return Reason.NO_SHARED_PROTOCOL;
        }
        if (text.contains("NOT SUPPLIED BY SDS")) {
            return Reason.CERTIFICATE_UNAVAILABLE;
        }
        return text.contains("TIMEOUT") || text.contains("TIMED OUT")
                ? Reason.HANDSHAKE_TIMEOUT
                : Reason.PROTOCOL_ERROR;
    }

    /// Whether the words are about TLS and not about the connection below it.
    static boolean isTls(String words) {
        String text = words.toUpperCase(Locale.ROOT);
        return text.contains("TLS")
                || text.contains("SSL")
                || text.contains("CERTIFICATE")
                || text.contains("SUPPLIED BY SDS")
                || text.contains("SUPPLIED_BY_SDS");
    }

    private static Reason verification(String text) {
        if (text.contains("SAN MATCHER") || text.contains("CERTIFICATE SANS")) {
            return Reason.SAN_MISMATCH;
        }
        if (text.contains("EXPIRED") || text.contains("NOT YET VALID")) {
            return Reason.CERTIFICATE_EXPIRED;
        }
        if (text.contains("REVOKED")) {
            return Reason.CERTIFICATE_REVOKED;
        }
        return text.contains("LOCAL ISSUER") || text.contains("SELF SIGNED") || text.contains("SELF-SIGNED")
                ? Reason.UNKNOWN_CA
                : Reason.CERTIFICATE_REJECTED;
    }
}
