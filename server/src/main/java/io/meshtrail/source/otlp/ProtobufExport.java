package io.meshtrail.source.otlp;

import io.meshtrail.json.Json;
import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.ProtoReader;
import io.meshtrail.protobuf.Span;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Walks an `ExportLogsServiceRequest` in protobuf. A record whose bytes are broken is told and costs no
/// other; where the lists around records break, the records before the break count.
final class ProtobufExport {
    private static final int BYTES = ProtoReader.BYTES;
    private static final int RESOURCE_LOGS = 1 << 3 | BYTES;
    private static final int SCOPE_LOGS = 2 << 3 | BYTES;

    /// What very old Envoys call `scope_logs`.
    private static final int LIBRARY_LOGS = 1000 << 3 | BYTES;

    private static final int LOG_RECORD = 2 << 3 | BYTES;
    private static final int LONGEST_ID = 64;

    private final byte[] bytes;
    private final Consumer<LogRecord> records;
    private final Complaints complaints;
    private int number;

    /// Takes what was not understood.
    interface Complaints {
        void rejected(int number, String why);
    }

    ProtobufExport(byte[] bytes, Consumer<LogRecord> records, Complaints complaints) {
        this.bytes = bytes;
        this.records = records;
        this.complaints = complaints;
    }

    void walk() {
        ProtoReader fields = new ProtoReader(bytes);
        try {
            while (fields.next()) {
                if (fields.key() == RESOURCE_LOGS) {
                    resourceLogs(fields.span());
                }
            }
        } catch (MalformedBytesException malformed) {
            // An export that was cut off still holds the records before the cut, and breaks again within.
            if (!fields.isCut() || fields.key() != RESOURCE_LOGS || !resourceLogs(fields.span())) {
                complaints.rejected(number + 1, "the export breaks: " + malformed.getMessage());
            }
        }
    }

    /// @return whether they broke, which then was told
    private boolean resourceLogs(long span) {
        LogResource resource = resource(span);
        ProtoReader fields = ProtoReader.at(bytes, span);
        try {
            while (fields.next()) {
                if (fields.key() == SCOPE_LOGS || fields.key() == LIBRARY_LOGS) {
                    scopeLogs(fields.span(), resource);
                }
            }
            return false;
        } catch (MalformedBytesException malformed) {
            boolean logs = fields.key() == SCOPE_LOGS || fields.key() == LIBRARY_LOGS;
            if (!fields.isCut() || !logs || !scopeLogs(fields.span(), resource)) {
                complaints.rejected(number + 1, "the logs of a resource break: " + malformed.getMessage());
            }
            return true;
        }
    }

    /// The resource may stand behind its logs.
    private LogResource resource(long span) {
        ProtoReader fields = ProtoReader.at(bytes, span);
        try {
            while (fields.next()) {
                if (fields.key() == (1 << 3 | BYTES)) {
                    Map<String, Json> attributes = new LinkedHashMap<>();
                    long place = fields.span();
                    attributes(fields.message(), 1 << 3 | BYTES, attributes);
                    return LogResource.of(
                            new Json.Obj(attributes), Arrays.copyOfRange(bytes, Span.from(place), Span.end(place)));
                }
            }
        } catch (MalformedBytesException malformed) {
            // The walk over the records meets the same break and reports it.
            return LogResource.NONE;
        }
        return LogResource.NONE;
    }

    private void attributes(ProtoReader fields, int key, Map<String, Json> attributes) throws MalformedBytesException {
        AnyValue values = new AnyValue(bytes);
        while (fields.next()) {
            if (fields.key() == key) {
                values.keyValue(fields.message(), attributes, 0);
            }
        }
    }

    /// @return whether they broke, which then was told
    private boolean scopeLogs(long span, LogResource resource) {
        ProtoReader fields = ProtoReader.at(bytes, span);
        String scope = scope(span);
        try {
            while (fields.next()) {
                if (fields.key() == LOG_RECORD) {
                    record(fields.span(), resource, scope);
                }
            }
            return false;
        } catch (MalformedBytesException malformed) {
            complaints.rejected(++number, "the log records of a scope break: " + malformed.getMessage());
            return true;
        }
    }

    private String scope(long span) {
        ProtoReader fields = ProtoReader.at(bytes, span);
        try {
            while (fields.next()) {
                if (fields.key() == (1 << 3 | BYTES)) {
                    ProtoReader scope = fields.message();
                    while (scope.next()) {
                        if (scope.key() == (1 << 3 | BYTES)) {
                            return new AnyValue(bytes).text(scope.span());
                        }
                    }
                    return "";
                }
            }
        } catch (MalformedBytesException malformed) {
            return "";
        }
        return "";
    }

    private void record(long span, LogResource resource, String scope) {
        number++;
        try {
            records.accept(read(span, resource, scope));
        } catch (MalformedBytesException malformed) {
            complaints.rejected(number, "log record " + number + ": " + malformed.getMessage());
        }
    }

    private LogRecord read(long span, LogResource resource, String scope) throws MalformedBytesException {
        ProtoReader fields = ProtoReader.at(bytes, span);
        AnyValue values = new AnyValue(bytes);
        Map<String, Json> attributes = new LinkedHashMap<>();
        long time = 0;
        long observed = 0;
        Json body = Json.Scalar.NULL;
        Optional<byte[]> line = Optional.empty();
        String eventName = "";
        String traceId = "";
        String spanId = "";
        while (fields.next()) {
            switch (fields.key()) {
                case 1 << 3 | ProtoReader.FIXED64 -> time = fields.number();
                case 5 << 3 | BYTES -> {
                    body = values.read(fields.message());
                    line = body instanceof Json.Text ? Optional.of(line(fields.message())) : Optional.empty();
                }
                case 6 << 3 | BYTES -> values.keyValue(fields.message(), attributes, 0);
                case 9 << 3 | BYTES -> traceId = id(fields.span());
                case 10 << 3 | BYTES -> spanId = id(fields.span());
                case 11 << 3 | ProtoReader.FIXED64 -> observed = fields.number();
                case 12 << 3 | BYTES -> eventName = values.text(fields.span());
                default -> {}
            }
        }
        return new LogRecord(
                number,
                resource,
                scope,
                eventName,
                time,
                observed,
                body,
                line,
                new Json.Obj(attributes),
                traceId,
                spanId,
                Arrays.copyOfRange(bytes, Span.from(span), Span.end(span)),
                values.damage());
    }

    /// The bytes of a string value, as they are.
    private byte[] line(ProtoReader value) throws MalformedBytesException {
        byte[] line = {};
        while (value.next()) {
            if (value.key() == (1 << 3 | BYTES)) {
                line = Arrays.copyOfRange(bytes, Span.from(value.span()), Span.end(value.span()));
            }
        }
        return line;
    }

    /// An id of zeros is none.
    private String id(long span) {
        String hex =
                Span.length(span) > LONGEST_ID ? "" : HexFormat.of().formatHex(bytes, Span.from(span), Span.end(span));
        return hex.replace("0", "").isEmpty() ? "" : hex;
    }
}
