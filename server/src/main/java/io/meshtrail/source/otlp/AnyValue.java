package io.meshtrail.source.otlp;

import io.meshtrail.json.Json;
import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.ProtoReader;
import io.meshtrail.protobuf.Span;
import io.meshtrail.source.Utf8;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads OTLP's `AnyValue` and `KeyValue` as JSON values.
final class AnyValue {
    private static final int DEPTH = 32;
    private static final Json TOO_DEEP = new Json.Text("[cut: deeper than " + DEPTH + " levels]");
    private static final long WHOLE_DOUBLES = 1L << 53;

    private final byte[] bytes;
    private Optional<String> damage = Optional.empty();

    /// @param bytes the message that all places lie in
    AnyValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The first text since this was made that was no UTF-8.
    Optional<String> damage() {
        return damage;
    }

    String text(long span) {
        Utf8 read = Utf8.of(bytes, Span.from(span), Span.length(span));
        if (damage.isEmpty()) {
            damage = read.damage();
        }
        return read.text();
    }

    /// Adds a `KeyValue` to an object.
    void keyValue(ProtoReader pair, Map<String, Json> members, int depth) throws MalformedBytesException {
        String key = "";
        Json value = Json.Scalar.NULL;
        while (pair.next()) {
            switch (pair.key()) {
                case 1 << 3 | ProtoReader.BYTES -> key = text(pair.span());
                case 2 << 3 | ProtoReader.BYTES -> value = read(pair.message(), depth);
                default -> {}
            }
        }
        members.put(key, value);
    }

    Json read(ProtoReader value) throws MalformedBytesException {
        return read(value, 0);
    }

    private Json read(ProtoReader value, int depth) throws MalformedBytesException {
        if (depth > DEPTH) {
            return TOO_DEEP;
        }
        Json read = Json.Scalar.NULL;
        while (value.next()) {
            read = switch (value.key()) {
                case 1 << 3 | ProtoReader.BYTES -> new Json.Text(text(value.span()));
                case 2 << 3 | ProtoReader.VARINT -> new Json.Scalar(Boolean.toString(value.number() != 0));
                case 3 << 3 | ProtoReader.VARINT -> new Json.Scalar(Long.toString(value.number()));
                case 4 << 3 | ProtoReader.FIXED64 -> number(Double.longBitsToDouble(value.number()));
                case 5 << 3 | ProtoReader.BYTES -> list(value.message(), depth);
                case 6 << 3 | ProtoReader.BYTES -> map(value.message(), depth);
                case 7 << 3 | ProtoReader.BYTES -> new Json.Text(base64(value.span()));
                default -> read;
            };
        }
        return read;
    }

    private Json list(ProtoReader values, int depth) throws MalformedBytesException {
        List<Json> items = new ArrayList<>();
        while (values.next()) {
            if (values.key() == (1 << 3 | ProtoReader.BYTES)) {
                items.add(read(values.message(), depth + 1));
            }
        }
        return new Json.Arr(items);
    }

    private Json map(ProtoReader pairs, int depth) throws MalformedBytesException {
        Map<String, Json> members = new LinkedHashMap<>();
        while (pairs.next()) {
            if (pairs.key() == (1 << 3 | ProtoReader.BYTES)) {
                keyValue(pairs.message(), members, depth + 1);
            }
        }
        return new Json.Obj(members);
    }

    private static Json number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < WHOLE_DOUBLES) {
            return new Json.Scalar(Long.toString((long) value));
        }
        String token = Double.toString(value);
        return Double.isFinite(value) ? new Json.Scalar(token) : new Json.Text(token);
    }

    private String base64(long span) {
        return Base64.getEncoder().encodeToString(java.util.Arrays.copyOfRange(bytes, Span.from(span), Span.end(span)));
    }
}
