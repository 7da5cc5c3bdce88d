package io.meshtrail.segment;

import io.meshtrail.engine.Batch;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Events as rows, column by column.
public final class EventBatch {
    private EventBatch() {}

    /// The rows of events that follow each other in a ledger.
    ///
    /// @param first the leafIndex of the first
    public static Batch of(long first, List<AuditEvent> events) {
        List<Batch.Column> columns = new ArrayList<>(Columns.all().size());
        for (Columns.Column column : Columns.all()) {
            columns.add(
                    switch (column.role()) {
                        case LEAF_INDEX -> places(first, events.size());
                        case TEXT -> texts(events, column.of());
                        case TEXTS -> lists(events, column.of());
                        case ATTRIBUTES -> attributes(events);
                        case INTEGER, NANOS -> numbers(events, column.of());
                        case MICROS -> micros(events, column.of());
                    });
        }
        return new Batch(events.size(), columns);
    }

    private static Batch.Column places(long first, int rows) {
        long[] values = new long[rows];
        boolean[] present = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = first + i;
            present[i] = true;
        }
        return new Batch.Numbers(values, present);
    }

    private static Batch.Column texts(List<AuditEvent> events, Field field) {
        byte[] @Nullable [] values = new byte[events.size()] @Nullable [];
        for (int i = 0; i < values.length; i++) {
            if (events.get(i).get(field) instanceof String text) {
                values[i] = text.getBytes(StandardCharsets.UTF_8);
            }
        }
        return new Batch.Texts(values);
    }

    private static Batch.Column lists(List<AuditEvent> events, Field field) {
        byte[] @Nullable [] values = new byte[events.size()] @Nullable [];
        JsonText json = new JsonText();
        for (int i = 0; i < values.length; i++) {
            if (events.get(i).has(field)) {
                values[i] = array(events.get(i).texts(field), json);
            }
        }
        return new Batch.Texts(values);
    }

    private static byte[] array(List<String> texts, JsonText json) {
        json.clear();
        json.ascii('[');
        for (String text : texts) {
            if (json.size() > 1) {
                json.ascii(',');
            }
            json.string(text.getBytes(StandardCharsets.UTF_8));
        }
        return json.ascii(']').toBytes();
    }

    private static Batch.Column attributes(List<AuditEvent> events) {
        byte[] @Nullable [] values = new byte[events.size()] @Nullable [];
        JsonText json = new JsonText();
        for (int i = 0; i < values.length; i++) {
            if (!events.get(i).attributes().isEmpty()) {
                values[i] = object(events.get(i).attributes(), json);
            }
        }
        return new Batch.Texts(values);
    }

    private static byte[] object(Map<String, String> attributes, JsonText json) {
        json.clear();
        json.ascii('{');
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            if (json.size() > 1) {
                json.ascii(',');
            }
            json.string(attribute.getKey().getBytes(StandardCharsets.UTF_8)).ascii(':');
            json.string(attribute.getValue().getBytes(StandardCharsets.UTF_8));
        }
        return json.ascii('}').toBytes();
    }

    private static Batch.Column numbers(List<AuditEvent> events, Field field) {
        long[] values = new long[events.size()];
        boolean[] present = new boolean[events.size()];
        for (int i = 0; i < values.length; i++) {
            if (events.get(i).get(field) instanceof Long number) {
                present[i] = true;
                values[i] = number;
            }
        }
        return new Batch.Numbers(values, present);
    }

    private static Batch.Column micros(List<AuditEvent> events, Field field) {
        long[] values = new long[events.size()];
        boolean[] present = new boolean[events.size()];
        for (int i = 0; i < values.length; i++) {
            if (events.get(i).get(field) instanceof Long nanos) {
                present[i] = true;
                values[i] = Math.floorDiv(nanos, 1_000L);
            }
        }
        return new Batch.Times(values, present);
    }
}
