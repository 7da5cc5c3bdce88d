package io.meshtrail.source.envoy;

import io.meshtrail.envoy.Side;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.mask.MaskNotes;
import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.ProtoReader;
import io.meshtrail.protobuf.Span;

/// The texts that a proxy's operator configured: custom tags and logged headers. Some have a field; the rest
/// become attributes, masked, and at most [#LIMIT] of them an event.
final class FreeTexts {
    static final int LIMIT = 64;

    private final EntryFacts facts;
    private final TextCache texts;
    private final CleanTexts clean;

    private MaskNotes notes = new MaskNotes();
    private int written;
    private int dropped;

    /// Ids, strongest basis first; empty if unknown.
    String traceId = "";

    String spanId = "";

    /// The SPIFFE IDs that the proxy tells of its upstream session; empty if unknown.
    String upstreamIdentity = "";

    String upstreamLocalIdentity = "";

    /// What the operator says of the proxy.
    Side side = Side.UNKNOWN;

    /// Whether a content type or a trailer says that this is gRPC.
    boolean grpc;

    FreeTexts(EntryFacts facts, TextCache texts, CleanTexts clean) {
        this.facts = facts;
        this.texts = texts;
        this.clean = clean;
    }

    void write(AuditEvent.Builder event, MaskNotes noted) throws MalformedBytesException {
        notes = noted;
        written = 0;
        dropped = 0;
        traceId = "";
        spanId = "";
        upstreamIdentity = "";
        upstreamLocalIdentity = "";
        side = Side.UNKNOWN;
        grpc = false;
        forEach(event, facts.tags, this::tag);
        forEach(event, facts.requestHeaders, this::requestHeader);
        forEach(event, facts.responseHeaders, this::responseHeader);
        forEach(event, facts.responseTrailers, this::responseTrailer);
        if (dropped > 0) {
            event.attribute("cut.attributes", dropped + " dropped: more than " + LIMIT);
        }
    }

    private void tag(AuditEvent.Builder event, String name, long value) {
        switch (name) {
            // Before there is a connection, Envoy prints 0.
            case "connection.id" -> {
                if (!Span.is(facts.bytes, value, "0")) {
                    event.utf8(Field.CONNECTION_ID, facts.bytes, Span.from(value), Span.length(value));
                }
            }
            case "tls.alpn" -> put(event, Field.TLS_ALPN, value);
            case "tls.peer_fingerprint" -> put(event, Field.TLS_PEER_FINGERPRINT, value);
            case "tls.peer_subject" -> putIfUnknown(event, Field.TLS_PEER_SUBJECT, value);
            case "tls.peer_issuer" -> putIfUnknown(event, Field.TLS_PEER_ISSUER, value);
            // The typed properties say these better, and truly where nothing was negotiated.
            case "tls.cipher" -> putUnlessTyped(event, Field.TLS_CIPHER, value);
            case "tls.version" -> putUnlessTyped(event, Field.TLS_VERSION, value);
            case "trace.id" -> traceId = unique(event, name, value);
            case "span.id" -> spanId = unique(event, name, value);
            case "traceparent" -> traceParent(event, value);
            case "upstream.tls.peer_san", "upstream.peer_uri_san" -> upstreamIdentity = san(event, name, value);
            case "upstream.tls.local_san", "upstream.local_uri_san" -> upstreamLocalIdentity = san(event, name, value);
            case "observer.side" -> side(event, name, value);
            default -> attribute(event, name, name, value);
        }
    }

    /// A word that is none of ours stays an attribute, and the side is found as without it.
    private void side(AuditEvent.Builder event, String name, long value) {
        side = value == Span.NONE ? Side.UNKNOWN : Side.named(text(event, name, value));
        if (side == Side.UNKNOWN) {
            attribute(event, name, name, value);
        }
    }

    private void requestHeader(AuditEvent.Builder event, String name, long value) {
        switch (name) {
            case "traceparent" -> traceParent(event, value);
            case "x-b3-traceid" -> {
                if (traceId.isEmpty()) {
                    traceId = unique(event, name, value);
                }
            }
            case "x-b3-spanid" -> {
                if (spanId.isEmpty()) {
                    spanId = unique(event, name, value);
                }
            }
            case "user-agent" -> {
                if (!event.has(Field.USER_AGENT)) {
                    event.text(Field.USER_AGENT, clean.text(text(event, name, value), "user.agent", notes));
                }
            }
            case "x-request-id" -> {
                if (!event.has(Field.REQUEST_ID)) {
                    event.utf8(Field.REQUEST_ID, facts.bytes, Span.from(value), Span.length(value));
                }
            }
            case "x-forwarded-for" ->
                event.attribute("x_forwarded_for", clean.text(text(event, name, value), "x_forwarded_for", notes));
            case "content-type" -> {
                grpc |= Span.startsWith(facts.bytes, value, "application/grpc");
                attribute(event, "header." + name, name, value);
            }
            default -> attribute(event, "header." + name, name, value);
        }
    }

    private void responseHeader(AuditEvent.Builder event, String name, long value) {
        // A response without a body carries its trailers in the head.
        if (name.equals("grpc-status")) {
            grpcStatus(event, value);
        } else {
            attribute(event, "response.header." + name, name, value);
        }
    }

    private void responseTrailer(AuditEvent.Builder event, String name, long value) {
        if (name.equals("grpc-status")) {
            grpcStatus(event, value);
        } else {
            attribute(event, "response.trailer." + name, name, value);
        }
    }

    private void grpcStatus(AuditEvent.Builder event, long value) {
        grpc = true;
        int length = Span.length(value);
        long status = 0;
        for (int i = 0; i < length; i++) {
            int digit = facts.bytes[Span.from(value) + i] - '0';
            if (digit < 0 || digit > 9 || length > 9) {
                attribute(event, "response.trailer.grpc-status", "grpc-status", value);
                return;
            }
            status = status * 10 + digit;
        }
        event.number(Field.GRPC_STATUS, status);
    }

    private void traceParent(AuditEvent.Builder event, long value) {
        if (traceId.isEmpty() || spanId.isEmpty()) {
            TraceParent parent = TraceParent.parse(unique(event, "traceparent", value));
            traceId = traceId.isEmpty() ? parent.traceId() : traceId;
            spanId = spanId.isEmpty() ? parent.spanId() : spanId;
        }
    }

    /// A text that no other event will have, so that remembering it would only drive out another.
    private String unique(AuditEvent.Builder event, String name, long value) {
        return Utf8.text(event, name, facts.bytes, value);
    }

    /// The first of the names that Envoy prints with commas between them; where there are several, all are
    /// kept too.
    private String san(AuditEvent.Builder event, String name, long value) {
        String all = text(event, name, value);
        int comma = all.indexOf(',');
        if (comma >= 0) {
            attribute(event, name, name, value);
        }
        return comma < 0 ? all : all.substring(0, comma);
    }

    private void put(AuditEvent.Builder event, Field field, long value) {
        texts.put(event, field, facts.bytes, value);
    }

    private void putIfUnknown(AuditEvent.Builder event, Field field, long value) {
        if (!event.has(field)) {
            put(event, field, value);
        }
    }

    private void putUnlessTyped(AuditEvent.Builder event, Field field, long value) {
        if (facts.tls.cipher < 0 && facts.tls.version == 0) {
            putIfUnknown(event, field, value);
        }
    }

    private String text(AuditEvent.Builder event, String name, long value) {
        return texts.text(event, name, facts.bytes, value);
    }

    private void attribute(AuditEvent.Builder event, String attribute, String header, long value) {
        if (value == Span.NONE) {
            return;
        }
        if (written == LIMIT) {
            dropped++;
            return;
        }
        written++;
        String text = Utf8.text(event, attribute, facts.bytes, value);
        event.attribute(attribute, clean.header(header, text, attribute, notes));
    }

    private interface Writer {
        void write(AuditEvent.Builder event, String name, long value);
    }

    /// Hands each entry of a map from string to string to a writer.
    private void forEach(AuditEvent.Builder event, SpanList entries, Writer writer) throws MalformedBytesException {
        for (int i = 0; i < entries.size(); i++) {
            long name = Span.NONE;
            long value = Span.NONE;
            ProtoReader entry = ProtoReader.at(facts.bytes, entries.get(i));
            while (entry.next()) {
                switch (entry.key()) {
                    case 1 << 3 | ProtoReader.BYTES -> name = entry.span();
                    case 2 << 3 | ProtoReader.BYTES -> value = entry.span();
                    default -> {}
                }
            }
            if (name != Span.NONE) {
                writer.write(event, texts.text(event, "name", facts.bytes, name), value);
            }
        }
    }
}
