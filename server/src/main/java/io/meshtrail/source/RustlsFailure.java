package io.meshtrail.source;

import io.meshtrail.event.Reason;
import java.util.List;
import java.util.Locale;

/// Why a TLS handshake failed, from the words of rustls, which ztunnel and Linkerd's proxy use: names of
/// its variants (`InvalidCertificate(UnknownIssuer)`) or its sentences (`invalid peer certificate:
/// UnknownIssuer`).
public final class RustlsFailure {
    /// What the words hold, and the reason, as the side that accepts the connection sees it. The first
    /// that fits.
    private record Word(String part, Reason reason) {}

    private static final List<Word> WORDS = List.of(
            // These quote names of the peer's certificate, which must not choose the reason.
            new Word("notvalidforname", Reason.SAN_MISMATCH),
            new Word("not valid for name", Reason.SAN_MISMATCH),
            new Word("does not match tls identity", Reason.SAN_MISMATCH),
            new Word("did not present the expected", Reason.SAN_MISMATCH),
            new Word("nocertificatespresented", Reason.NO_CLIENT_CERTIFICATE),
            new Word("peer sent no certificates", Reason.NO_CLIENT_CERTIFICATE),
            // An alert is what the peer told us: it is our certificate that it did not like.
            new Word("alertreceived(handshakefailure", Reason.NO_SHARED_PROTOCOL),
            new Word("alertreceived(protocolversion", Reason.NO_SHARED_PROTOCOL),
            new Word("fatal alert: handshakefailure", Reason.NO_SHARED_PROTOCOL),
            new Word("fatal alert: protocolversion", Reason.NO_SHARED_PROTOCOL),
            new Word("alertreceived(", Reason.PEER_REJECTED_CERTIFICATE),
            new Word("received fatal alert", Reason.PEER_REJECTED_CERTIFICATE),
            new Word("unknownissuer", Reason.UNKNOWN_CA),
            new Word("caused by an unknown issuer", Reason.UNKNOWN_CA),
            new Word("expired", Reason.CERTIFICATE_EXPIRED),
            new Word("notvalidyet", Reason.CERTIFICATE_EXPIRED),
            new Word("not valid yet", Reason.CERTIFICATE_EXPIRED),
            new Word("revoked", Reason.CERTIFICATE_REVOKED),
            new Word("peerincompatible", Reason.NO_SHARED_PROTOCOL),
            new Word("peer is incompatible", Reason.NO_SHARED_PROTOCOL),
            new Word("no application protocol", Reason.NO_SHARED_PROTOCOL),
            new Word("invalidcontenttype", Reason.PLAINTEXT_ON_MTLS),
            new Word("corrupt message", Reason.PLAINTEXT_ON_MTLS),
            new Word("timed out", Reason.HANDSHAKE_TIMEOUT),
            new Word("timeout", Reason.HANDSHAKE_TIMEOUT),
            new Word("elapsed", Reason.HANDSHAKE_TIMEOUT),
            new Word("invalidcertificate", Reason.CERTIFICATE_REJECTED),
            new Word("invalid peer certificate", Reason.CERTIFICATE_REJECTED),
            new Word("invalid certificate", Reason.CERTIFICATE_REJECTED));

    private RustlsFailure() {}

    /// The reason; `protocol_error` if the words are not known.
    public static Reason reason(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return WORDS.stream()
                .filter(word -> lower.contains(word.part))
                .findFirst()
                .map(Word::reason)
                .orElse(Reason.PROTOCOL_ERROR);
    }
}
