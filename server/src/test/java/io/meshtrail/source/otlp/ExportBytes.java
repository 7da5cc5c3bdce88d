package io.meshtrail.source.otlp;

import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Writes an export of OTLP/JSON as protobuf: the official numbers of the fields, and nothing else.
final class ExportBytes {
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static byte[] of(String json) {
        try {
            Json export = JsonReader.read(json);
            ExportBytes request = new ExportBytes();
            for (Json resourceLogs : export.get("resourceLogs").items()) {
                request.message(1, resourceLogs(resourceLogs));
            }
            return request.bytes();
        } catch (JsonException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    private static byte[] resourceLogs(Json json) {
        ExportBytes message = new ExportBytes();
        for (Json scopeLogs : json.get("scopeLogs").items()) {
            message.message(2, scopeLogs(scopeLogs));
        }
        // Behind its logs, where a reader in one pass would miss it.
        message.message(1, attributes(1, json.get("resource").get("attributes")));
        return message.bytes();
    }

    private static byte[] scopeLogs(Json json) {
        ExportBytes message = new ExportBytes();
        ExportBytes scope = new ExportBytes();
        json.get("scope").get("name").text().ifPresent(name -> scope.message(1, utf8(name)));
        message.message(1, scope.bytes());
        for (Json record : json.get("logRecords").items()) {
            message.message(2, record(record));
        }
        return message.bytes();
    }

    private static byte[] record(Json json) {
        ExportBytes message = new ExportBytes();
        json.get("timeUnixNano").whole().ifPresent(time -> message.fixed(1, time));
        if (!json.get("body").isNull()) {
            message.message(5, value(json.get("body")));
        }
        message.out.writeBytes(attributes(6, json.get("attributes")));
        json.get("traceId")
                .text()
                .ifPresent(id -> message.message(9, HexFormat.of().parseHex(id)));
        json.get("spanId")
                .text()
                .ifPresent(id -> message.message(10, HexFormat.of().parseHex(id)));
        json.get("observedTimeUnixNano").whole().ifPresent(time -> message.fixed(11, time));
        json.get("eventName").text().ifPresent(name -> message.message(12, utf8(name)));
        return message.bytes();
    }

    private static byte[] attributes(int field, Json list) {
        ExportBytes message = new ExportBytes();
        for (Json pair : list.items()) {
            ExportBytes keyValue = new ExportBytes();
            keyValue.message(1, utf8(pair.get("key").text().orElse("")));
            keyValue.message(2, value(pair.get("value")));
            message.message(field, keyValue.bytes());
        }
        return message.bytes();
    }

    private static byte[] value(Json json) {
        ExportBytes message = new ExportBytes();
        json.fields().forEach((kind, given) -> {
            switch (kind) {
                case "stringValue" -> message.message(1, utf8(given.text().orElse("")));
                case "boolValue" -> message.varint(2, given.scalar().orElse("").equals("true") ? 1 : 0);
                case "intValue" -> message.varint(3, given.whole().orElseThrow());
                case "doubleValue" ->
                    message.fixed(
                            4,
                            Double.doubleToLongBits(
                                    Double.parseDouble(given.scalar().orElse("0"))));
                case "arrayValue" -> {
                    ExportBytes list = new ExportBytes();
                    given.get("values").items().forEach(item -> list.message(1, value(item)));
                    message.message(5, list.bytes());
                }
                default -> message.message(6, attributes(1, given.get("values")));
            }
        });
        return message.bytes();
    }

    private byte[] bytes() {
        return out.toByteArray();
    }

    private void message(int field, byte[] bytes) {
        number((long) field << 3 | BYTES);
        number(bytes.length);
        out.writeBytes(bytes);
    }

    private void varint(int field, long value) {
        number((long) field << 3);
        number(value);
    }

    private void fixed(int field, long value) {
        number((long) field << 3 | FIXED64);
        for (int i = 0; i < Long.BYTES; i++) {
            out.write((int) (value >>> Byte.SIZE * i));
        }
    }

    private void number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
