package io.meshtrail.query;

import io.meshtrail.event.Field;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a test looks at: a field, a free attribute, or a part of the address.
public sealed interface Target {
    /// The fields in which free words are looked for.
    List<Field> WORDS = List.of(
            Field.HTTP_PATH,
            Field.SOURCE_IDENTITY,
            Field.DESTINATION_IDENTITY,
            Field.USER_ID,
            Field.USER_NAME,
            Field.POLICY_NAME,
            Field.OBJECT_NAME,
            Field.DETAIL);

    /// A field of the event.
    record OfField(Field field) implements Target {
        private static final Set<Field> HOSTS = Set.of(Field.HTTP_HOST, Field.TLS_SNI, Field.UPSTREAM_HOST);
        private static final Set<Field> ADDRESSES =
                Set.of(Field.SOURCE_ADDRESS, Field.SOURCE_PEER_ADDRESS, Field.DESTINATION_ADDRESS);

        @Override
        public String key() {
            return field.key();
        }

        @Override
        public Shape shape() {
            return switch (field.type()) {
                case TEXT, JSON -> Shape.TEXT;
                case TEXTS -> Shape.TEXTS;
                case INTEGER -> Shape.NUMBER;
                case TIME -> Shape.TIME;
            };
        }

        /// Whether the case does not matter: host names.
        @Override
        public boolean ignoresCase() {
            return HOSTS.contains(field);
        }

        /// Whether a network can be asked for.
        @Override
        public boolean isAddress() {
            return ADDRESSES.contains(field);
        }
    }

    /// `attributes.<name>`.
    ///
    /// @param name without the prefix
    record Attribute(String name) implements Target {
        @Override
        public String key() {
            return Field.ATTRIBUTE_PREFIX + name;
        }

        @Override
        public Shape shape() {
            return Shape.TEXT;
        }
    }

    /// The name of the ledger.
    record Ledger() implements Target {
        @Override
        public String key() {
            return "ledger";
        }

        @Override
        public Shape shape() {
            return Shape.TEXT;
        }
    }

    /// The place in the ledger.
    record LeafIndex() implements Target {
        @Override
        public String key() {
            return "leafIndex";
        }

        @Override
        public Shape shape() {
            return Shape.NUMBER;
        }
    }

    /// What can be asked of a target.
    enum Shape {
        TEXT,
        /// A list of texts, each of which may match.
        TEXTS,
        NUMBER,
        TIME
    }

    /// The name in queries.
    String key();

    Shape shape();

    default boolean ignoresCase() {
        return false;
    }

    default boolean isAddress() {
        return false;
    }

    /// The target of this name, if there is one.
    static Optional<Target> named(String key) {
        if (key.equals("ledger")) {
            return Optional.of(new Ledger());
        }
        if (key.equals("leafIndex")) {
            return Optional.of(new LeafIndex());
        }
        if (key.startsWith(Field.ATTRIBUTE_PREFIX)) {
            String name = key.substring(Field.ATTRIBUTE_PREFIX.length());
            return name.matches("[A-Za-z0-9._/-]{1,128}") ? Optional.of(new Attribute(name)) : Optional.empty();
        }
        return Field.named(key).map(OfField::new);
    }
}
