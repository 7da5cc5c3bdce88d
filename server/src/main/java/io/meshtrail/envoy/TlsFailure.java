package io.meshtrail.envoy;

import io.meshtrail.event.Reason;
import java.util.Locale;

/// Why a TLS handshake failed, from the words of the TLS library (BoringSSL, and OpenSSL builds of Envoy).
/// Blanks come as `_` in some fields and versions, so both are read as blanks.
final class TlsFailure {
    private TlsFailure() {}

    /// The reason as the side that accepts the connection sees it.
    static Reason reason(String failure) {
        String words = plain(failure);
        // The text of a refused SAN quotes what the peer wrote into its certificate, so it is looked for first:
        // a name such as "certificate has expired" must not choose the reason.
        if (hasAny(words, "san matcher", "certificate sans are")) {
            return Reason.SAN_MISMATCH;
        }
        if (hasAny(words, "peer did not return a certificate", "certificate required")) {
            return Reason.NO_CLIENT_CERTIFICATE;
        }
        // An alert is what the peer told us: it is our certificate that it found expired or unknown.
        if (hasAny(words, "alert certificate", "alert bad certificate", "alert unknown ca")
                || words.contains("alert unsupported certificate")) {
            return Reason.PEER_REJECTED_CERTIFICATE;
        }
        if (hasAny(words, "certificate has expired", "certificate expired", "not yet valid")) {
            return Reason.CERTIFICATE_EXPIRED;
        }
        if (hasAny(words, "issuer certificate", "self signed certificate", "self-signed certificate", "unknown ca")
                || words.contains("unable to verify the first certificate")) {
            return Reason.UNKNOWN_CA;
        }
        if (words.contains("certificate revoked")) {
            return Reason.CERTIFICATE_REVOKED;
        }
        if (hasAny(words, "wrong version number", "http request", "https proxy request")) {
            return Reason.PLAINTEXT_ON_MTLS;
        }
        if (hasAny(words, "no shared", "unsupported protocol", "alert protocol version", "alert handshake failure")
                || hasAny(words, "no application protocol", "unknown protocol", "no common signature algorithms")) {
            return Reason.NO_SHARED_PROTOCOL;
        }
        if (words.contains("not supplied by sds")) {
            return Reason.CERTIFICATE_UNAVAILABLE;
        }
        if (hasAny(words, "timeout", "timed out")) {
            return Reason.HANDSHAKE_TIMEOUT;
        }
        return words.contains("certificate verify failed") ? Reason.CERTIFICATE_REJECTED : Reason.PROTOCOL_ERROR;
    }

    /// Whether a failure of a transport socket is one of TLS and not, say, a refused connection.
    static boolean isTls(String failure) {
        String words = plain(failure);
        return hasAny(words, "tls error", "ssl routines", "openssl internal", "certificate verify failed")
                || words.contains("not supplied by sds");
    }

    private static String plain(String failure) {
        return failure.replace('_', ' ').toLowerCase(Locale.ROOT);
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
