package io.meshtrail.source.otlp;

import io.meshtrail.event.Timestamp;
import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The line of a container's output that a collector put into a record: the whole body, or a member of it.
///
/// @param bytes as the container wrote them
record Line(byte[] bytes) {
    /// Where Fluent Bit and others keep the line when they make a map of it.
    private static final List<String> MEMBERS = List.of("log", "message", "msg_raw");

    private static final int PREFIX_LENGTH = 20;

    /// The line, if the record holds one.
    static Optional<Line> of(LogRecord record) {
        if (record.line().isPresent()) {
            return record.line().map(Line::new);
        }
        Json enriched = record.body().get("kubernetes");
        String member = LogResource.first(record.body(), MEMBERS);
        boolean wrapped = enriched.isObject() || record.body().fields().containsKey("log");
        return wrapped && !member.isEmpty()
                ? Optional.of(new Line(member.getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    boolean isBlank() {
        return text().isBlank();
    }

    boolean isJson() {
        for (byte each : bytes) {
            if (each != ' ' && each != '\t') {
                return each == '{';
            }
        }
        return false;
    }

    /// The line as a JSON value, if it is one.
    Optional<Json> json() {
        if (!isJson()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonReader.read(text()));
        } catch (JsonException notJson) {
            return Optional.empty();
        }
    }

    /// The line as the container runtime wrote it, with its time before it: formats whose lines know no
    /// time take that.
    byte[] asWritten(long time) {
        String text = new String(bytes, 0, Math.min(bytes.length, 2 * PREFIX_LENGTH), StandardCharsets.ISO_8859_1);
        boolean prefixed = text.matches("(?s)\\d{4}-\\d\\d-\\d\\dT\\S+ std(out|err) .*");
        if (time <= 0 || prefixed || bytes.length == 0) {
            return bytes;
        }
        byte[] prefix = (Timestamp.print(time) + " stdout F ").getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = java.util.Arrays.copyOf(prefix, prefix.length + bytes.length);
        System.arraycopy(bytes, 0, all, prefix.length, bytes.length);
        return all;
    }
}
