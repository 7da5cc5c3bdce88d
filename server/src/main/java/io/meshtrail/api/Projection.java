package io.meshtrail.api;

import io.meshtrail.event.Field;
import io.meshtrail.http.Parameters;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Which fields of an event an answer shows.
sealed interface Projection {
    boolean shows(String name);

    default boolean shows(Field field) {
        return shows(field.key());
    }

    /// Everything there is.
    record Whole() implements Projection {
        @Override
        public boolean shows(String name) {
            return true;
        }
    }

    /// What was asked for by name.
    record Named(Set<String> names) implements Projection {
        @Override
        public boolean shows(String name) {
            return names.contains(name);
        }
    }

    /// Reads the parameter `fields`: names between commas.
    ///
    /// @throws io.meshtrail.http.ProblemException (400) if one is no field
    static Projection of(Optional<String> fields) {
        if (fields.isEmpty()) {
            return new Whole();
        }
        Set<String> names = new LinkedHashSet<>();
        for (String name : fields.get().split(",", -1)) {
            names.add(requireField("fields", name.strip()));
        }
        return new Named(names);
    }

    /// The name, if a field has it.
    static String requireField(String parameter, String name) {
        boolean known = Field.named(name).isPresent()
                || name.equals("ledger")
                || name.equals("leafIndex")
                || name.equals("v")
                || (name.startsWith(Field.ATTRIBUTE_PREFIX) && name.length() > Field.ATTRIBUTE_PREFIX.length());
        if (!known) {
            throw Parameters.mistake(parameter, "there is no field \"" + name + "\"");
        }
        return name;
    }
}
