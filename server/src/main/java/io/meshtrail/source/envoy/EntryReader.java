package io.meshtrail.source.envoy;

import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.ProtoReader;
import io.meshtrail.protobuf.Span;

/// Reads `HTTPAccessLogEntry` and `TCPAccessLogEntry` into [EntryFacts].
final class EntryReader {
    private static final int VARINT = ProtoReader.VARINT;
    private static final int BYTES = ProtoReader.BYTES;
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private final EntryFacts facts;

    EntryReader(EntryFacts facts) {
        this.facts = facts;
    }

    void readHttp(ProtoReader entry) throws MalformedBytesException {
        while (entry.next()) {
            switch (entry.key()) {
                case 1 << 3 | BYTES -> readCommon(entry.message());
                case 2 << 3 | VARINT -> facts.protocol = (int) entry.number();
                case 3 << 3 | BYTES -> readRequest(entry.message());
                case 4 << 3 | BYTES -> readResponse(entry.message());
                default -> {}
            }
        }
    }

    void readTcp(ProtoReader entry) throws MalformedBytesException {
        while (entry.next()) {
            switch (entry.key()) {
                case 1 << 3 | BYTES -> readCommon(entry.message());
                case 2 << 3 | BYTES -> readConnection(entry.message());
                default -> {}
            }
        }
    }

    private void readCommon(ProtoReader common) throws MalformedBytesException {
        while (common.next()) {
            switch (common.key()) {
                case 2 << 3 | BYTES -> facts.remote.read(common.message());
                case 3 << 3 | BYTES -> facts.local.read(common.message());
                case 4 << 3 | BYTES -> facts.tls.read(common.message());
                case 5 << 3 | BYTES -> readStart(common.message());
                case 12 << 3 | BYTES -> facts.lastByte = duration(common.message());
                case 13 << 3 | BYTES -> facts.upstream.read(common.message());
                case 15 << 3 | BYTES -> facts.cluster = common.span();
                case 16 << 3 | BYTES -> facts.flags |= FlagsReader.read(common.message());
                case 17 << 3 | BYTES -> readMetadata(common.message());
                case 18 << 3 | BYTES -> facts.upstreamFailure = common.span();
                case 19 << 3 | BYTES -> facts.route = common.span();
                case 20 << 3 | BYTES -> facts.direct.read(common.message());
                case 21 << 3 | BYTES -> readFilterState(common.message());
                case 22 << 3 | BYTES -> facts.tags.add(common.span());
                case 23 << 3 | BYTES -> facts.duration = duration(common.message());
                case 24 << 3 | VARINT -> facts.attempts = common.number();
                case 25 << 3 | BYTES -> facts.termination = common.span();
                case 26 << 3 | BYTES -> facts.streamId = common.span();
                case 28 << 3 | BYTES -> facts.downstreamFailure = common.span();
                case 33 << 3 | VARINT -> facts.logType = (int) common.number();
                default -> {}
            }
        }
    }

    private void readRequest(ProtoReader request) throws MalformedBytesException {
        while (request.next()) {
            switch (request.key()) {
                case 1 << 3 | VARINT -> facts.method = (int) request.number();
                case 3 << 3 | BYTES -> facts.authority = request.span();
                case 5 << 3 | BYTES -> facts.path = request.span();
                case 6 << 3 | BYTES -> facts.userAgent = request.span();
                case 7 << 3 | BYTES -> facts.referer = request.span();
                case 8 << 3 | BYTES -> facts.forwardedFor = request.span();
                case 9 << 3 | BYTES -> facts.requestId = request.span();
                case 10 << 3 | BYTES -> facts.originalPath = request.span();
                case 12 << 3 | VARINT -> facts.requestBody = request.number();
                case 13 << 3 | BYTES -> facts.requestHeaders.add(request.span());
                default -> {}
            }
        }
    }

    private void readResponse(ProtoReader response) throws MalformedBytesException {
        while (response.next()) {
            switch (response.key()) {
                case 1 << 3 | BYTES -> facts.status = wrapped(response.message());
                case 3 << 3 | VARINT -> facts.responseBody = response.number();
                case 4 << 3 | BYTES -> facts.responseHeaders.add(response.span());
                case 5 << 3 | BYTES -> facts.responseTrailers.add(response.span());
                case 6 << 3 | BYTES -> facts.details = response.span();
                default -> {}
            }
        }
    }

    private void readConnection(ProtoReader connection) throws MalformedBytesException {
        while (connection.next()) {
            switch (connection.key()) {
                case 1 << 3 | VARINT -> facts.receivedBytes = connection.number();
                case 2 << 3 | VARINT -> facts.sentBytes = connection.number();
                default -> {}
            }
        }
    }

    private void readStart(ProtoReader timestamp) throws MalformedBytesException {
        facts.started = true;
        while (timestamp.next()) {
            switch (timestamp.key()) {
                case 1 << 3 | VARINT -> facts.startSeconds = timestamp.number();
                case 2 << 3 | VARINT -> facts.startNanos = timestamp.number();
                default -> {}
            }
        }
    }

    private void readMetadata(ProtoReader metadata) throws MalformedBytesException {
        while (metadata.next()) {
            if (metadata.key() != (1 << 3 | BYTES)) {
                continue;
            }
            long name = Span.NONE;
            long struct = Span.NONE;
            ProtoReader entry = metadata.message();
            while (entry.next()) {
                switch (entry.key()) {
                    case 1 << 3 | BYTES -> name = entry.span();
                    case 2 << 3 | BYTES -> struct = entry.span();
                    default -> {}
                }
            }
            readNamespace(name, struct);
        }
    }

    private void readNamespace(long name, long content) throws MalformedBytesException {
        byte[] bytes = facts.bytes;
        ProtoReader struct = ProtoReader.at(bytes, content);
        if (Span.is(bytes, name, "envoy.filters.http.rbac")) {
            facts.httpRbac.read(bytes, struct);
        } else if (Span.is(bytes, name, "envoy.filters.network.rbac")) {
            facts.networkRbac.read(bytes, struct);
        } else if (Span.is(bytes, name, "envoy.filters.http.jwt_authn")) {
            facts.tokens = content;
        } else if (Span.is(bytes, name, "envoy.common")) {
            StructField field = new StructField();
            while (field.next(struct)) {
                facts.auditMarked |= Span.is(bytes, field.key(), "access_log_hint") && field.isTrue();
            }
        } else if (Span.is(bytes, name, "envoy.filters.listener.tls_inspector")) {
            StructField field = new StructField();
            while (field.next(struct)) {
                if (Span.is(bytes, field.key(), "failure_reason")) {
                    facts.inspectorFailure = field.text();
                }
            }
        }
    }

    /// One entry of the map from a name to an `Any`. Names with `wasm.` before them (Istio before 1.24) hold
    /// opaque bytes and are left alone.
    private void readFilterState(ProtoReader entry) throws MalformedBytesException {
        long name = Span.NONE;
        long value = Span.NONE;
        while (entry.next()) {
            switch (entry.key()) {
                case 1 << 3 | BYTES -> name = entry.span();
                case 2 << 3 | BYTES -> value = anyValue(entry.message());
                default -> {}
            }
        }
        byte[] bytes = facts.bytes;
        if (Span.is(bytes, name, "downstream_peer")) {
            facts.downstreamPeer = value;
        } else if (Span.is(bytes, name, "upstream_peer")) {
            facts.upstreamPeer = value;
        } else if (Span.is(bytes, name, "io.istio.peer_principal")) {
            facts.peerPrincipal = string(value);
        } else if (Span.is(bytes, name, "io.istio.local_principal")) {
            facts.localPrincipal = string(value);
        }
    }

    private static long anyValue(ProtoReader any) throws MalformedBytesException {
        long value = Span.NONE;
        while (any.next()) {
            if (any.key() == (2 << 3 | BYTES)) {
                value = any.span();
            }
        }
        return value;
    }

    /// The text of a `StringValue`.
    private long string(long message) throws MalformedBytesException {
        long text = Span.NONE;
        ProtoReader wrapped = ProtoReader.at(facts.bytes, message);
        while (wrapped.next()) {
            if (wrapped.key() == (1 << 3 | BYTES)) {
                text = wrapped.span();
            }
        }
        return text;
    }

    private static long wrapped(ProtoReader number) throws MalformedBytesException {
        long value = 0;
        while (number.next()) {
            if (number.key() == (1 << 3 | VARINT)) {
                value = number.number() & 0xFFFF_FFFFL;
            }
        }
        return value;
    }

    /// Nanoseconds; [EntryFacts#UNKNOWN] if negative or too large.
    private static long duration(ProtoReader duration) throws MalformedBytesException {
        long seconds = 0;
        long nanos = 0;
        while (duration.next()) {
            switch (duration.key()) {
                case 1 << 3 | VARINT -> seconds = duration.number();
                case 2 << 3 | VARINT -> nanos = duration.number();
                default -> {}
            }
        }
        boolean sound = seconds >= 0 && seconds < 1L << 33 && nanos >= 0 && nanos < NANOS_A_SECOND;
        return sound ? seconds * NANOS_A_SECOND + nanos : EntryFacts.UNKNOWN;
    }
}
