package io.meshtrail.source.envoy;

import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.ProtoReader;
import io.meshtrail.protobuf.Span;

/// Envoy's `TLSProperties` of the downstream connection.
final class TlsFacts {
    /// The number of the version in the proto; 0 if unknown.
    int version;

    /// IANA's number; -1 if unknown.
    int cipher;

    long sni;
    long ja3;
    final CertificateFacts local = new CertificateFacts();
    final CertificateFacts peer = new CertificateFacts();

    void clear() {
        version = 0;
        cipher = -1;
        sni = Span.NONE;
        ja3 = Span.NONE;
        local.clear();
        peer.clear();
    }

    /// Whether a session was negotiated. Envoy prints a version even for plaintext; the cipher does not lie.
    boolean negotiated() {
        return cipher != CipherSuite.NOTHING && (cipher >= 0 || version != 0);
    }

    void read(ProtoReader tls) throws MalformedBytesException {
        while (tls.next()) {
            switch (tls.key()) {
                case 1 << 3 | ProtoReader.VARINT -> version = (int) tls.number();
                case 2 << 3 | ProtoReader.BYTES -> cipher = number(tls.message());
                case 3 << 3 | ProtoReader.BYTES -> sni = tls.span();
                case 4 << 3 | ProtoReader.BYTES -> local.read(tls.message());
                case 5 << 3 | ProtoReader.BYTES -> peer.read(tls.message());
                case 7 << 3 | ProtoReader.BYTES -> ja3 = tls.span();
                default -> {}
            }
        }
    }

    /// A `UInt32Value`: absent inside means 0.
    private static int number(ProtoReader wrapped) throws MalformedBytesException {
        int value = 0;
        while (wrapped.next()) {
            if (wrapped.key() == (1 << 3 | ProtoReader.VARINT)) {
                value = (int) wrapped.number() & 0xFFFF;
            }
        }
        return value;
    }

    /// What Envoy tells of a certificate.
    static final class CertificateFacts {
        /// URI and DNS names in their order; the URIs again in `uris`.
        final SpanList names = new SpanList();

        final SpanList uris = new SpanList();
        long subject;
        long issuer;

        void clear() {
            names.clear();
            uris.clear();
            subject = Span.NONE;
            issuer = Span.NONE;
        }

        boolean present() {
            return names.size() > 0 || subject != Span.NONE || issuer != Span.NONE;
        }

        /// The first SPIFFE ID, else the first URI.
        long identity(byte[] bytes) {
            for (int i = 0; i < uris.size(); i++) {
                if (Span.startsWith(bytes, uris.get(i), "spiffe://")) {
                    return uris.get(i);
                }
            }
            return uris.size() > 0 ? uris.get(0) : Span.NONE;
        }

        void read(ProtoReader certificate) throws MalformedBytesException {
            while (certificate.next()) {
                switch (certificate.key()) {
                    case 1 << 3 | ProtoReader.BYTES -> readName(certificate.message());
                    case 2 << 3 | ProtoReader.BYTES -> subject = certificate.span();
                    case 3 << 3 | ProtoReader.BYTES -> issuer = certificate.span();
                    default -> {}
                }
            }
        }

        private void readName(ProtoReader name) throws MalformedBytesException {
            while (name.next()) {
                if (name.span() == Span.NONE) {
                    continue;
                }
                switch (name.key()) {
                    case 1 << 3 | ProtoReader.BYTES -> {
                        names.add(name.span());
                        uris.add(name.span());
                    }
                    case 2 << 3 | ProtoReader.BYTES -> names.add(name.span());
                    default -> {}
                }
            }
        }
    }
}
