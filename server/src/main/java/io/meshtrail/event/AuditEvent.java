package io.meshtrail.event;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One normalised fact that a mesh told: flat fields, each present or unknown. Immutable. Made with a
/// [Builder],
/// which
/// is
/// lenient about hostile values and never about structure.
public final class AuditEvent {
    private static final int FIELDS = Field.values().length;

    private final @Nullable Object[] values;
    private final SortedMap<String, String> attributes;

    private AuditEvent(@Nullable Object[] values, SortedMap<String, String> attributes) {
        this.values = values;
        this.attributes = attributes;
    }

    /// The text of a field of type TEXT or JSON.
    public Optional<String> text(Field field) {
        return Optional.ofNullable((String) value(field, Field.Type.TEXT, Field.Type.JSON));
    }

    /// The number of a field of type INTEGER, or the nanoseconds of one of type TIME.
    public OptionalLong number(Field field) {
        Object value = value(field, Field.Type.INTEGER, Field.Type.TIME);
        return value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
    }

    /// The strings of a field of type TEXTS; empty if unknown.
    @SuppressWarnings("unchecked")
    public List<String> texts(Field field) {
        Object value = value(field, Field.Type.TEXTS, Field.Type.TEXTS);
        return value == null ? List.of() : (List<String>) value;
    }

    public boolean has(Field field) {
        return values[field.ordinal()] != null;
    }

    /// The raw value, for loops over all fields: a String, a Long or a List of String by [Field#type()], or
    /// null.
    public @Nullable Object get(Field field) {
        return values[field.ordinal()];
    }

    /// The free attributes, by name without the prefix `attributes.`, in the order of their names.
    public SortedMap<String, String> attributes() {
        return attributes;
    }

    /// The same event, received at another time.
    public AuditEvent withReceived(long nanos) {
        @Nullable Object[] copy = values.clone();
        copy[Field.RECEIVED.ordinal()] = nanos;
        return new AuditEvent(copy, attributes);
    }

    /// A builder that starts from this event.
    public Builder toBuilder() {
        Builder builder = new Builder();
        System.arraycopy(values, 0, builder.values, 0, values.length);
        builder.attributes.putAll(attributes);
        return builder;
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AuditEvent that
                && java.util.Arrays.equals(values, that.values)
                && attributes.equals(that.attributes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(java.util.Arrays.hashCode(values), attributes);
    }

    @Override
    public String toString() {
        return new String(EventCodec.encodeLoosely(this), java.nio.charset.StandardCharsets.UTF_8);
    }

    private @Nullable Object value(Field field, Field.Type one, Field.Type other) {
        if (field.type() != one && field.type() != other) {
            throw new IllegalArgumentException(field.key() + " is " + field.type() + ", not " + one);
        }
        return values[field.ordinal()];
    }

    /// Collects the fields of one event. A null or empty text, an empty list and a number out of range are
    /// taken as
    /// "unknown", so that a decoder may pass on what it found. Invalid or over-long text is mended and the
    /// mending
    /// is
    /// noted in `attributes` (see [LenientText]).
    public static final class Builder {
        private final @Nullable Object[] values = new @Nullable Object[FIELDS];
        private final TreeMap<String, String> attributes = new TreeMap<>();

        private Builder() {}

        /// Sets a field of type TEXT or JSON.
        public Builder text(Field field, @Nullable String value) {
            require(field, field.type() == Field.Type.TEXT || field.type() == Field.Type.JSON);
            if (value != null && !value.isEmpty()) {
                values[field.ordinal()] = LenientText.of(field, value, attributes);
            }
            return this;
        }

        /// Sets a field of type TEXT or JSON from bytes that should be UTF-8.
        public Builder utf8(Field field, byte[] bytes, int from, int length) {
            require(field, field.type() == Field.Type.TEXT || field.type() == Field.Type.JSON);
            if (length > 0) {
                values[field.ordinal()] = LenientText.of(field, bytes, from, length, attributes);
            }
            return this;
        }

        /// Sets a field of type INTEGER (0 to 2^53 - 1; else unknown) or TIME (nanoseconds since 1970).
        public Builder number(Field field, long value) {
            require(field, field.type() == Field.Type.INTEGER || field.type() == Field.Type.TIME);
            if (field.type() == Field.Type.TIME || (value >= 0 && value <= EventCodec.MAX_INTEGER)) {
                values[field.ordinal()] = value;
            }
            return this;
        }

        /// Sets a field of type TEXTS.
        public Builder texts(Field field, List<String> value) {
            require(field, field.type() == Field.Type.TEXTS);
            if (!value.isEmpty()) {
                values[field.ordinal()] = LenientText.of(field, value, attributes);
            }
            return this;
        }

        public Builder kind(Kind kind) {
            values[Field.KIND.ordinal()] = kind.code();
            return this;
        }

        public Builder outcome(Outcome outcome) {
            values[Field.OUTCOME.ordinal()] = outcome.code();
            return this;
        }

        public Builder reason(Reason reason) {
            values[Field.REASON.ordinal()] = reason.code();
            return this;
        }

        /// Adds `attributes.<name>`. A name is 1 to 128 characters of `A-Z a-z 0-9 . _ - /`; others are
        /// replaced by
        /// `_`.
        public Builder attribute(String name, @Nullable String value) {
            if (value != null && !name.isEmpty()) {
                LenientText.attribute(name, value, attributes);
            }
            return this;
        }

        /// Makes a field unknown again.
        public Builder without(Field field) {
            values[field.ordinal()] = null;
            return this;
        }

        public Builder withoutAttribute(String name) {
            attributes.remove(name);
            return this;
        }

        public boolean has(Field field) {
            return values[field.ordinal()] != null;
        }

        /// The value set so far, as [AuditEvent#get].
        public @Nullable Object get(Field field) {
            return values[field.ordinal()];
        }

        /// Sets a value exactly as given, for the codec and for readers of columns: no mending, no limit.
        Builder exactly(Field field, Object value) {
            values[field.ordinal()] = value;
            return this;
        }

        Builder exactAttribute(String name, String value) {
            attributes.put(name, value);
            return this;
        }

        public AuditEvent build() {
            return new AuditEvent(values.clone(), Collections.unmodifiableSortedMap(new TreeMap<>(attributes)));
        }

        private static void require(Field field, boolean fits) {
            if (!fits) {
                throw new IllegalArgumentException(field.key() + " is " + field.type());
            }
        }
    }
}
