package io.meshtrail.source.envoy;

import io.meshtrail.mask.Mask;
import io.meshtrail.mask.MaskNotes;
import org.jspecify.annotations.Nullable;

/// The mask of one stream. Remembers texts in which it found nothing, such as the same user agent a thousand
/// times a second. Bounded: a place belongs to whoever came last. A text in which something was masked is
/// never remembered, so that each event notes it.
final class CleanTexts {
    private static final int PLACES = 512;
    private static final int LONGEST = 160;

    private final Mask mask;
    private final @Nullable String[] wheres = new @Nullable String[PLACES];
    private final @Nullable String[] texts = new @Nullable String[PLACES];

    CleanTexts(Mask mask) {
        this.mask = mask;
    }

    /// A query string, masked: too varied to remember.
    String query(String query, MaskNotes notes) {
        return mask.query(query, notes);
    }

    /// Free text, masked.
    String text(String text, String where, MaskNotes notes) {
        if (isClean(where, text)) {
            return text;
        }
        return remembered(where, text, mask.text(text, where, notes));
    }

    /// The value of a header, masked.
    ///
    /// @param where a name that no other kind of text uses
    String header(String name, String value, String where, MaskNotes notes) {
        if (isClean(where, value)) {
            return value;
        }
        return remembered(where, value, mask.header(name, value, notes));
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
