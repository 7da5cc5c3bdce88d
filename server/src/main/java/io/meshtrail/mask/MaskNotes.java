package io.meshtrail.mask;

import java.util.Optional;
import java.util.TreeSet;

/// Collects the names of what was masked in one event: the value of its field `masked`. For one thread.
public final class MaskNotes {
    /// The most names that are kept; that there were more is said by [#MORE].
    static final int LIMIT = 64;

    static final String MORE = "and_more";

    private static final int NAME_LIMIT = 160;

    private final TreeSet<String> names = new TreeSet<>();
    private boolean more;

    /// Whether nothing was masked.
    public boolean isEmpty() {
        return names.isEmpty();
    }

    /// The sorted, distinct names with commas between them, such as `header:authorization,http.query:token`;
    /// empty if nothing was masked.
    public Optional<String> value() {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String listed = String.join(",", names);
        return Optional.of(more ? listed + "," + MORE : listed);
    }

    /// Notes `where:what`. Names come from the sender too, so they are cut and cleaned.
    void add(String where, String what) {
        String name = clean(where + ":" + what);
        if (names.size() < LIMIT) {
            names.add(name);
        } else if (!names.contains(name)) {
            more = true;
        }
    }

    private static String clean(String name) {
        StringBuilder fit = new StringBuilder(name.length());
        for (int i = 0; i < name.length() && i < NAME_LIMIT; i++) {
            char c = name.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || ".:_-/$[]".indexOf(c) >= 0;
            fit.append(plain ? c : '_');
        }
        return fit.toString();
    }
}
