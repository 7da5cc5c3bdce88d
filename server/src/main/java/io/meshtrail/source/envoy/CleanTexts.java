package io.meshtrail.source.envoy;

import org.jspecify.annotations.Nullable;

/// Remembers texts in which masking found nothing, such as the same user agent a thousand times a second.
/// Bounded: a place belongs to whoever came last. A text in which something was masked is never remembered,
/// so that each event notes it.
final class CleanTexts {
    private static final int PLACES = 512;
    private static final int LONGEST = 160;

    private final @Nullable String[] wheres = new @Nullable String[PLACES];
    private final @Nullable String[] texts = new @Nullable String[PLACES];

    /// Free text, masked.
    String text(Masking.Sheet sheet, String text, String where) {
        if (isClean(where, text)) {
            return text;
        }
        return remembered(where, text, sheet.text(text, where));
    }

    /// The value of a header, masked.
    ///
    /// @param where a name that no other kind of text uses
    String header(Masking.Sheet sheet, String name, String value, String where) {
        if (isClean(where, value)) {
            return value;
        }
        return remembered(where, value, sheet.header(name, value));
    }

    private boolean isClean(String where, String text) {
        int place = place(where, text);
        return text.equals(texts[place]) && where.equals(wheres[place]);
    }

    private String remembered(String where, String text, String masked) {
        if (masked.equals(text) && text.length() <= LONGEST) {
            int place = place(where, text);
            wheres[place] = where;
            texts[place] = text;
        }
        return masked;
    }

    private static int place(String where, String text) {
        int hash = 31 * where.hashCode() + text.hashCode();
        return (hash ^ hash >>> 16) & (PLACES - 1);
    }
}
