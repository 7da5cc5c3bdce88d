package io.meshtrail.api;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Timestamp;
import io.meshtrail.http.Json;
import io.meshtrail.query.Coverage;
import io.meshtrail.query.Hit;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/// How an export is written.
sealed interface ExportForm {
    String mediaType();

    String extension();

    byte[] head();

    byte[] event(Hit hit);

    /// What stands after the last event.
    byte[] tail(Coverage coverage, long events);

    /// Whether whoever reads the result could take an incomplete one for whole, so that it must not end in order.
    boolean refusesGaps();

    /// JSON lines: the elements of `/api/events`, and a last line that says what they rest on. A result without
    /// that line was broken off.
    record Lines(EventJson events, Projection projection) implements ExportForm {
        @Override
        public String mediaType() {
            return "application/x-ndjson";
        }

        @Override
        public String extension() {
            return "jsonl";
        }

        @Override
        public byte[] head() {
            return new byte[0];
        }

        @Override
        public byte[] event(Hit hit) {
            return line(json -> events.write(json, hit, projection));
        }

        @Override
        public byte[] tail(Coverage coverage, long count) {
            return line(json -> {
                json.writeStartObject();
                json.writeNumberProperty("count", count);
                CoverageJson.writeMembers(json, coverage);
                json.writeEndObject();
            });
        }

        private static byte[] line(Consumer<JsonGenerator> body) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(512);
            out.writeBytes(Json.bytes(body));
            out.write('\n');
            return out.toByteArray();
        }

        @Override
        public boolean refusesGaps() {
            return false;
        }
    }

    /// CSV: a line of names and a line for each event.
    ///
    /// @param columns names of fields, `attributes.<name>`, `ledger`, `leafIndex`; `attributes` is all of them
    ///     as JSON
    record Table(List<String> columns) implements ExportForm {
        private static final String ADDRESS = "address";
        private static final String ATTRIBUTES = "attributes";

        static Table of(Optional<String> fields) {
            Set<String> columns = new LinkedHashSet<>();
            if (fields.isPresent()) {
                for (String name : fields.get().split(",", -1)) {
                    columns.add(name.strip());
                }
            } else {
                Field.inKeyOrder().forEach(field -> columns.add(field.key()));
                columns.add(ATTRIBUTES);
            }
            return new Table(List.copyOf(columns));
        }

        @Override
        public String mediaType() {
            return "text/csv; charset=utf-8; header=present";
        }

        @Override
        public String extension() {
            return "csv";
        }

        @Override
        public byte[] head() {
            List<String> cells = new ArrayList<>();
            cells.add(ADDRESS);
            columns.forEach(column -> cells.add(Csv.text(column)));
            return bytes(cells);
        }

        @Override
        public byte[] event(Hit hit) {
            List<String> cells = new ArrayList<>();
            cells.add(Csv.plain(hit.address().toString()));
            columns.forEach(column -> cells.add(cell(hit, column)));
            return bytes(cells);
        }

        private static String cell(Hit hit, String column) {
            AuditEvent event = hit.event();
            if (column.startsWith(Field.ATTRIBUTE_PREFIX)) {
                String name = column.substring(Field.ATTRIBUTE_PREFIX.length());
                return Csv.text(event.attributes().getOrDefault(name, ""));
            }
            return switch (column) {
                case ATTRIBUTES -> attributes(event.attributes());
                case "ledger" -> hit.address().ledger();
                case "leafIndex" -> Long.toString(hit.address().leafIndex());
                case "v" -> Integer.toString(io.meshtrail.event.EventCodec.VERSION);
                default -> cell(event, Field.named(column).orElseThrow());
            };
        }

        private static String cell(AuditEvent event, Field field) {
            if (!event.has(field)) {
                return "";
            }
            return switch (field.type()) {
                case TEXT, JSON -> Csv.text(event.text(field).orElseThrow());
                case INTEGER -> Long.toString(event.number(field).orElseThrow());
                case TIME -> Timestamp.print(event.number(field).orElseThrow());
                case TEXTS ->
                    Csv.plain(text(json -> {
                        json.writeStartArray();
                        event.texts(field).forEach(json::writeString);
                        json.writeEndArray();
                    }));
            };
        }

        private static String attributes(Map<String, String> attributes) {
            return attributes.isEmpty()
                    ? ""
                    : Csv.plain(text(json -> {
                        json.writeStartObject();
                        attributes.forEach(json::writeStringProperty);
                        json.writeEndObject();
                    }));
        }

        private static String text(Consumer<JsonGenerator> body) {
            return new String(Json.bytes(body), StandardCharsets.UTF_8);
        }

        @Override
        public byte[] tail(Coverage coverage, long events) {
            return coverage.complete()
                    ? new byte[0]
                    : bytes(List.of(Csv.plain("INCOMPLETE: " + String.join("; ", coverage.missing()))));
        }

        private static byte[] bytes(List<String> cells) {
            return Csv.line(cells).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean refusesGaps() {
            return true;
        }
    }
}
