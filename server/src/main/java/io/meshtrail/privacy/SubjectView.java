package io.meshtrail.privacy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;

/// Stored events as people may see them: each pseudonym whose subject is known gives way to the value.
/// What was erased keeps its pseudonym. Any thread.
public final class SubjectView {
    /// Sees events as they are stored.
    public static final SubjectView NONE = new SubjectView(Optional.empty());

    /// From so many characters on a text is left as it is: a hostile one must not swell a hundredfold
    /// when read.
    private static final int MOST = 1 << 18;

    private final Optional<SubjectTable> table;

    private SubjectView(Optional<SubjectTable> table) {
        this.table = table;
    }

    SubjectView(SubjectTable table) {
        this(Optional.of(table));
    }

    /// The event with the values that are known; everything else as it was.
    public AuditEvent event(AuditEvent stored) {
        if (table.isEmpty() || !mayHold(stored)) {
            return stored;
        }
        AuditEvent.Builder builder = stored.toBuilder();
        for (Field field : Field.values()) {
            if (!stored.has(field)) {
                continue;
            }
            switch (field.type()) {
                case TEXT -> builder.text(field, text(stored.text(field).orElseThrow()));
                case JSON -> builder.text(field, resolved(stored.text(field).orElseThrow(), Needles::quoted));
                case TEXTS ->
                    builder.texts(
                            field, stored.texts(field).stream().map(this::text).toList());
                case INTEGER, TIME -> {
                    // numbers are no names
                }
            }
        }
        stored.attributes().forEach((name, value) -> builder.attribute(name, text(value)));
        return builder.build();
    }

    private static boolean mayHold(AuditEvent event) {
        for (Field field : Field.values()) {
            Object value = event.get(field);
            if (value instanceof String text && text.indexOf('~') >= 0) {
                return true;
            }
            if (field.type() == Field.Type.TEXTS && event.texts(field).stream().anyMatch(text -> text.contains("~"))) {
                return true;
            }
        }
        return event.attributes().values().stream().anyMatch(text -> text.indexOf('~') >= 0);
    }

    /// A text with the values that are known.
    public String text(String stored) {
        return resolved(stored, UnaryOperator.identity());
    }

    private String resolved(String stored, UnaryOperator<String> written) {
        if (table.isEmpty() || stored.indexOf('~') < 0) {
            return stored;
        }
        Matcher name = Pseudonym.FORM.matcher(stored);
        StringBuilder out = new StringBuilder(stored.length());
        int at = 0;
        // Once over and never again: a value may look like a pseudonym itself.
        while (out.length() < MOST && name.find(at)) {
            Optional<String> value = Pseudonym.parse(name.group()).flatMap(table.get()::value);
            out.append(stored, at, name.start()).append(value.map(written).orElseGet(name::group));
            at = name.end();
        }
        return out.append(stored, at, stored.length()).toString();
    }

    /// Which fields of an event show a pseudonym whose value is not known, and why: `erased`, or
    /// `unresolvable` if the table never had it or has lost it.
    public Map<String, String> marks(AuditEvent shown) {
        Map<String, String> marks = new TreeMap<>();
        if (table.isPresent()) {
            for (SubjectField subject : SubjectField.values()) {
                Field field = subject.field();
                Object value = shown.get(field);
                if (value instanceof String text) {
                    mark(text, field, marks);
                } else if (value != null) {
                    shown.texts(field).forEach(text -> mark(text, field, marks));
                }
            }
        }
        return marks;
    }

    private void mark(String text, Field field, Map<String, String> marks) {
        Optional<Pseudonym> pseudonym = text.length() == Pseudonym.LENGTH ? Pseudonym.parse(text) : Optional.empty();
        if (pseudonym.isPresent() && table.orElseThrow().find(text).isEmpty()) {
            boolean erased = table.orElseThrow().isErased(pseudonym.orElseThrow());
            marks.put(field.key(), erased ? "erased" : "unresolvable");
        }
    }
}
