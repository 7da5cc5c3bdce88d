package io.meshtrail.source.envoy;

import io.meshtrail.event.Reason;
import java.util.Locale;

/// Why a TLS handshake failed, from the words of the TLS library (BoringSSL, and OpenSSL builds of Envoy).
/// Blanks come as `_` in some fields and versions, so both are read as blanks.
final class HandshakeReason {
    private HandshakeReason() {}

    static Reason of(String failure) {
        String words = failure.replace('_', ' ').toLowerCase(Locale.ROOT);
        // The text of a refused SAN quotes what the peer wrote into its certificate, so it is looked for first:
        // a name such as "certificate has expired" must not choose the reason.
        if (words.contains("san matcher")) {
            return Reason.SAN_MISMATCH;
        }
        if (hasAny(words, "certificate has expired", "certificate expired", "certificate is not yet valid")) {
            return Reason.CERTIFICATE_EXPIRED;
        }
        if (hasAny(words, "issuer certificate", "self signed certificate", "self-signed certificate", "unknown ca")
                || words.contains("unable to verify the first certificate")) {
            return Reason.UNKNOWN_CA;
        }
        if (hasAny(words, "alert bad certificate", "alert certificate unknown", "alert certificate revoked")
                || words.contains("alert unsupported certificate")) {
            return Reason.PEER_REJECTED_CERTIFICATE;
        }
        if (words.contains("certificate revoked")) {
            return Reason.CERTIFICATE_REVOKED;
        }
        if (words.contains("peer did not return a certificate")) {
            return Reason.NO_CLIENT_CERTIFICATE;
        }
        if (hasAny(words, "wrong version number", "http request", "https proxy request")) {
            return Reason.PLAINTEXT_ON_MTLS;
        }
        if (hasAny(words, "no shared", "unsupported protocol", "alert protocol version", "alert handshake failure")
                || hasAny(words, "no application protocol", "unknown protocol")) {
            return Reason.NO_SHARED_PROTOCOL;
        }
        if (words.contains("secret is not supplied by sds")) {
            return Reason.CERTIFICATE_UNAVAILABLE;
        }
        if (hasAny(words, "timeout", "timed out")) {
            return Reason.HANDSHAKE_TIMEOUT;
        }
        return words.contains("certificate verify failed") ? Reason.CERTIFICATE_REJECTED : Reason.PROTOCOL_ERROR;
    }

    /// Whether a failure of a transport socket is one of TLS and not, say, a refused connection.
    static boolean isTls(String failure) {
        return failure.startsWith("TLS_error")
                || failure.contains("TLS error")
                || failure.contains("TLS_error")
                || failure.contains("OPENSSL_internal")
                || failure.contains("Secret is not supplied by SDS")
                || failure.contains("SSL routines");
    }

    private static boolean hasAny(String words, String... sought) {
        for (String one : sought) {
            if (words.contains(one)) {
                return true;
            }
        }
        return false;
    }
}
