package io.meshtrail.event;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Makes an event fit into an entry: the longest texts are halved until it does, and each cut is named in
/// `attributes`.
/// Escapes can make text six times as long, so the limits of single fields alone do not promise it.
public final class Fitting {
    /// What `received`, not yet known when fitting, will need.
    private static final int RECEIVED = Timestamp.LENGTH + 16;

    private static final int SHORTEST = 64;

    private Fitting() {}

    /// The event itself if it fits, else one with its longest texts cut.
    public static AuditEvent fit(AuditEvent event) {
        if (!EventCodec.mayBeTooLong(event)) {
            return event;
        }
        AuditEvent fitting = event;
        while (EventCodec.length(fitting) + RECEIVED > EventCodec.MAX_ENTRY) {
            AuditEvent shorter = halveLongest(fitting);
            if (shorter.equals(fitting)) {
                throw new IllegalStateException(
                        "an event of short texts only is over " + EventCodec.MAX_ENTRY + " bytes");
            }
            fitting = shorter;
        }
        return fitting;
    }

    private static AuditEvent halveLongest(AuditEvent event) {
        Field longestField = Field.RAW;
        int length = 0;
        for (Field field : Field.values()) {
            if (event.get(field) instanceof String text && text.length() > length) {
                longestField = field;
                length = text.length();
            }
        }
        String longestAttribute = "";
        for (Map.Entry<String, String> attribute : event.attributes().entrySet()) {
            if (attribute.getValue().length() > length) {
                longestAttribute = attribute.getKey();
                length = attribute.getValue().length();
            }
        }
        return longestAttribute.isEmpty() ? halve(event, longestField, length) : halve(event, longestAttribute, length);
    }

    private static AuditEvent halve(AuditEvent event, Field field, int length) {
        if (length <= SHORTEST) {
            return event.toBuilder()
                    .without(Field.TLS_PEER_SAN)
                    .without(Field.USER_GROUPS)
                    .attribute("cut.lists", "dropped: the event was over " + EventCodec.MAX_ENTRY + " bytes")
                    .build();
        }
        TreeMap<String, String> notes = new TreeMap<>(event.attributes());
        byte[] bytes = event.text(field).orElseThrow().getBytes(StandardCharsets.UTF_8);
        String half = LenientText.cut(field.key(), bytes, 0, bytes.length, bytes.length / 2, notes);
        AuditEvent.Builder builder = event.toBuilder().exactly(field, half);
        notes.forEach(builder::exactAttribute);
        return builder.build();
    }

    private static AuditEvent halve(AuditEvent event, String attribute, int length) {
        if (length <= SHORTEST) {
            return event.toBuilder().withoutAttribute(attribute).build();
        }
        TreeMap<String, String> notes = new TreeMap<>(event.attributes());
        byte[] bytes = event.attributes().getOrDefault(attribute, "").getBytes(StandardCharsets.UTF_8);
        notes.put(attribute, LenientText.cut(attribute, bytes, 0, bytes.length, bytes.length / 2, notes));
        AuditEvent.Builder builder = event.toBuilder();
        notes.forEach(builder::exactAttribute);
        return builder.build();
    }
}
