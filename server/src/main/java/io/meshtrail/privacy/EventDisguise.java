package io.meshtrail.privacy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Submission;
import io.meshtrail.ledger.Disguise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Puts pseudonyms in the place of the values of some fields, and wherever such a value stands elsewhere
/// in the same event.
public final class EventDisguise implements Disguise {
    /// Names the fields of an event whose values will never be resolved, since the table was full.
    static final String UNRESOLVABLE = "privacy.unresolvable";

    /// Words of our own or of protocols: no sender writes a value there.
    private static final Set<Field> WORDS = EnumSet.of(
            Field.KIND,
            Field.OUTCOME,
            Field.REASON,
            Field.ACTION,
            Field.MESH,
            Field.OBSERVER_SIDE,
            Field.SOURCE_VERIFIED,
            Field.DESTINATION_VERIFIED,
            Field.POLICY_ACTION,
            Field.POLICY_KIND,
            Field.SHADOW_ACTION,
            Field.AUDIT_MARKED,
            Field.MASKED,
            Field.PROXY_FLAGS,
            Field.HTTP_METHOD,
            Field.HTTP_PROTOCOL,
            Field.CHANGE_VERB,
            Field.TLS_VERSION,
            Field.TLS_CIPHER);

    /// A note says of what was cut or mended also a plain hash, which would confirm a guess.
    private static final Pattern HASH = Pattern.compile(" sha256=[0-9a-f]{64}$");

    private final SubjectTable table;
    private final FingerprintKey key;
    private final List<SubjectField> fields;

    EventDisguise(SubjectTable table, FingerprintKey key, List<SubjectField> fields) {
        this.table = table;
        this.key = key;
        this.fields = List.copyOf(fields);
    }

    @Override
    public List<Submission> of(List<Submission> submissions) throws IOException {
        List<Submission> stored = new ArrayList<>(submissions.size());
        for (Submission submission : submissions) {
            byte[] identity = submission.identity();
            stored.add(new Submission(
                    disguised(submission.event()), submission.producer(), identity == null ? null : key.of(identity)));
        }
        // A crash before this sync leaves rows that no entry names; an entry comes into being only after
        // it.
        table.durable();
        return stored;
    }

    /// The event with pseudonyms; the same event if it has none of the fields.
    AuditEvent disguised(AuditEvent event) throws IOException {
        Map<String, Pseudonym> names = new LinkedHashMap<>();
        Needles.Builder needles = new Needles.Builder();
        Set<String> unresolvable = new TreeSet<>();
        for (SubjectField subject : fields) {
            Field field = subject.field();
            boolean cut = event.attributes().containsKey("cut." + field.key());
            for (String value : values(event, field)) {
                Optional<Pseudonym> known = table.pseudonymOf(value, subject);
                if (known.isEmpty()) {
                    unresolvable.add(field.key());
                }
                if (!names.containsKey(value)) {
                    Pseudonym pseudonym = known.orElseGet(table::throwaway);
                    names.put(value, pseudonym);
                    needles.add(value, pseudonym, cut);
                }
            }
        }
        return names.isEmpty() ? event : rewritten(event, names, needles.build(), unresolvable);
    }

    private static List<String> values(AuditEvent event, Field field) {
        return field.type() == Field.Type.TEXTS
                ? event.texts(field)
                : event.text(field).map(List::of).orElse(List.of());
    }

    private AuditEvent rewritten(
            AuditEvent event, Map<String, Pseudonym> names, Needles needles, Set<String> unresolvable) {
        AuditEvent.Builder builder = event.toBuilder();
        for (Field field : Field.values()) {
            if (!event.has(field) || WORDS.contains(field)) {
                continue;
            }
            boolean named = SubjectField.of(field).filter(fields::contains).isPresent();
            switch (field.type()) {
                case TEXT -> {
                    String text = event.text(field).orElseThrow();
                    builder.text(field, named ? name(names, text) : needles.text(text));
                }
                case JSON -> builder.text(field, needles.json(event.text(field).orElseThrow()));
                case TEXTS ->
                    builder.texts(
                            field,
                            event.texts(field).stream()
                                    .map(text -> named ? name(names, text) : needles.text(text))
                                    .toList());
                case INTEGER, TIME -> {
                    // numbers are no names
                }
            }
        }
        event.attributes().forEach((name, value) -> {
            builder.withoutAttribute(name);
            boolean note = name.startsWith("cut.") || name.startsWith("invalid_utf8.");
            builder.attribute(needles.text(name), note ? HASH.matcher(value).replaceFirst("") : needles.text(value));
        });
        if (!unresolvable.isEmpty()) {
            builder.attribute(UNRESOLVABLE, String.join(" ", unresolvable));
        }
        return builder.build();
    }

    private static String name(Map<String, Pseudonym> names, String value) {
        Pseudonym pseudonym = names.get(value);
        if (pseudonym == null) {
            throw new IllegalStateException("a value of a personal field has no pseudonym");
        }
        return pseudonym.toString();
    }
}
