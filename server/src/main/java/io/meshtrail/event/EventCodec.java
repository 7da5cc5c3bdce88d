package io.meshtrail.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The frozen codec of version 1: an event to its entry bytes and back. The bytes are the RFC 8785 canonical
/// JSON
/// of
/// the
/// flat event: keys sorted, no blanks, absent fields left out, `v` and `received` always there. See
/// `docs/formats/entry.md`; a change there is a new version, never a change here.
public final class EventCodec {
    /// The version that this codec writes into `v`.
    public static final int VERSION = 1;

    /// The most bytes of an entry: what the two length bytes of a tlog-tiles entry bundle can say.
    public static final int MAX_ENTRY = 65_535;

    /// The largest integer, 2^53 - 1: RFC 8785 numbers are IEEE doubles.
    public static final long MAX_INTEGER = (1L << 53) - 1;

    /// The most UTF-8 bytes of `raw` or `change.diff` that stay in the entry; more goes to a blob.
    public static final int INLINE_LIMIT = 16_384;

    /// An array of our own: `values()` copies at each call.
    private static final Field[] FIELDS = Field.values();

    private static final Step[] ORDER = order();

    private EventCodec() {}

    /// Encodes an event that has its `received`.
    ///
    /// @throws IllegalArgumentException if `received` is unknown or the entry would be longer than [#MAX_ENTRY]
    public static Entry encode(AuditEvent event) {
        if (!event.has(Field.RECEIVED)) {
            throw new IllegalArgumentException("an entry needs `received`");
        }
        JsonBytes out = new JsonBytes();
        int receivedAt = write(event, out);
        byte[] bytes = out.toBytes();
        if (bytes.length > MAX_ENTRY) {
            throw new IllegalArgumentException("entry of " + bytes.length + " bytes, at most " + MAX_ENTRY);
        }
        return new Entry(bytes, receivedAt);
    }

    /// The length that [#encode] would give, without its limits.
    public static int length(AuditEvent event) {
        return encodeLoosely(event).length;
    }

    /// Whether an event could be over the limit: a quick bound, six bytes for each character.
    public static boolean mayBeTooLong(AuditEvent event) {
        long characters = 0;
        int values = 0;
        for (Field field : FIELDS) {
            Object value = event.get(field);
            if (value instanceof String text) {
                characters += text.length();
            } else if (value instanceof List<?> texts) {
                for (Object text : texts) {
                    characters += ((String) text).length() + 1;
                }
            }
            values++;
        }
        for (Map.Entry<String, String> attribute : event.attributes().entrySet()) {
            characters += attribute.getValue().length();
            values += 8;
        }
        return characters * 6 + values * 32L > MAX_ENTRY;
    }

    /// Decodes an entry.
    ///
    /// @throws EntryFormatException if the bytes are not exactly what [#encode] writes for some event
    public static AuditEvent decode(byte[] entry) throws EntryFormatException {
        return EntryParser.parse(entry);
    }

    static byte[] encodeLoosely(AuditEvent event) {
        JsonBytes out = new JsonBytes();
        write(event, out);
        return out.toBytes();
    }

    /// Writes the object and returns the place of the thirty characters of `received`, or -1.
    private static int write(AuditEvent event, JsonBytes out) {
        int receivedAt = -1;
        out.open();
        for (Step step : ORDER) {
            if (step.field() != null) {
                Object value = event.get(step.field());
                if (value != null) {
                    out.key(step.key());
                    writeValue(step.field(), value, out);
                    if (step.field() == Field.RECEIVED) {
                        receivedAt = out.size() - Timestamp.LENGTH - 1;
                    }
                }
            } else if (step.isVersion()) {
                out.key(step.key());
                out.number(VERSION);
            } else {
                for (Map.Entry<String, String> attribute : event.attributes().entrySet()) {
                    out.key(Field.ATTRIBUTE_PREFIX + attribute.getKey());
                    out.string(attribute.getValue());
                }
            }
        }
        out.close();
        return receivedAt;
    }

    @SuppressWarnings("unchecked")
    private static void writeValue(Field field, @Nullable Object value, JsonBytes out) {
        switch (field.type()) {
            case TEXT, JSON -> out.string((String) java.util.Objects.requireNonNull(value));
            case INTEGER -> out.number((Long) java.util.Objects.requireNonNull(value));
            case TIME -> out.time((Long) java.util.Objects.requireNonNull(value));
            case TEXTS -> out.strings((List<String>) java.util.Objects.requireNonNull(value));
        }
    }

    /// What comes next in an entry: a field, the version, or all attributes.
    ///
    /// @param field null for the other two
    /// @param key as it stands in the entry, `"http.path":`
    private record Step(@Nullable Field field, boolean isVersion, byte[] key) {
        static Step of(@Nullable Field field, String name) {
            return new Step(field, name.equals("v"), ("\"" + name + "\":").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /// The fields in key order, with the places of the attributes (all keys from `attributes.`) and of `v`
    /// between them.
    private static Step[] order() {
        TreeMap<String, Step> steps = new TreeMap<>();
        for (Field field : FIELDS) {
            steps.put(field.key(), Step.of(field, field.key()));
        }
        steps.put(Field.ATTRIBUTE_PREFIX, Step.of(null, Field.ATTRIBUTE_PREFIX));
        steps.put("v", Step.of(null, "v"));
        return steps.values().toArray(Step[]::new);
    }
}
