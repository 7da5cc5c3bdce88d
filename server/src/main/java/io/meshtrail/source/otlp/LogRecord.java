package io.meshtrail.source.otlp;

import io.meshtrail.json.Json;
import java.util.Optional;

/// One log record of an export, whichever encoding it had.
///
/// @param number 1-based, in its export
/// @param scope the name of the instrumentation scope
/// @param time nanoseconds since 1970; 0 if unknown
/// @param observed when a collector saw it; 0 if unknown
/// @param traceId lower-case hexadecimal; empty if there is none
/// @param bytes the record as it came
/// @param line the body as it came, if it is a string; what was no UTF-8 included
/// @param damage of texts that were not UTF-8, see [Utf8]
record LogRecord(
        int number,
        LogResource resource,
        String scope,
        String eventName,
        long time,
        long observed,
        Json body,
        Optional<byte[]> line,
        Json attributes,
        String traceId,
        String spanId,
        byte[] bytes,
        Optional<String> damage) {
    /// What a repetition is recognised by: the record and where it came from.
    byte[] identity() {
        byte[] origin = resource.fingerprint();
        byte[] all = java.util.Arrays.copyOf(origin, origin.length + bytes.length);
        System.arraycopy(bytes, 0, all, origin.length, bytes.length);
        return all;
    }

    /// The time that is known best: the record's own, else the collector's; 0 if there is none.
    long bestTime() {
        return time != 0 ? time : observed;
    }

    /// An attribute as text, or empty.
    String attribute(String key) {
        return attributes.get(key).scalar().orElse("");
    }
}
