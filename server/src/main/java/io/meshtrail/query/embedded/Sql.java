package io.meshtrail.query.embedded;

import java.util.ArrayList;
import java.util.List;

/// SQL text and the values for its question marks, in the same order.
final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    /// Adds text of our own making, never a value.
    Sql add(String more) {
        text.append(more);
        return this;
    }

    Sql add(Sql more) {
        text.append(more.text);
        parameters.addAll(more.parameters);
        return this;
    }

    /// Adds a question mark and its value.
    Sql bind(String value) {
        text.append('?');
        parameters.add(value);
        return this;
    }

    /// Adds a question mark and its value.
    Sql bind(long value) {
        text.append('?');
        parameters.add(value);
        return this;
    }

    /// Adds several, with text between them.
    Sql join(List<Sql> all, String joint) {
        for (int i = 0; i < all.size(); i++) {
            text.append(i == 0 ? "" : joint);
            add(all.get(i));
        }
        return this;
    }

    String text() {
        return text.toString();
    }

    List<Object> parameters() {
        return List.copyOf(parameters);
    }
}
