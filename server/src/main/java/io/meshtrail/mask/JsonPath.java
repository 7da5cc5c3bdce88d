package io.meshtrail.mask;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Where a walk through JSON stands: the keys from the root. Printed only when something was found.
///
/// @param parent null at the root
record JsonPath(@Nullable JsonPath parent, String key) {
    static final JsonPath ROOT = new JsonPath(null, "");

    JsonPath child(String name) {
        return new JsonPath(this, name);
    }

    /// The keys with dots between them; array indexes do not show.
    @Override
    public String toString() {
        Deque<String> keys = new ArrayDeque<>();
        for (JsonPath at = this; at != null && at.parent != null; at = at.parent) {
            keys.addFirst(at.key);
        }
        return keys.isEmpty() ? "$" : String.join(".", keys);
    }
}
