package io.meshtrail.mask;

/// Masks free text, paths, URLs and query strings. Every rule is one pass over the text, so that no text takes
/// more than time in proportion to its length.
final class TextMask {
    private static final int SHORTEST_SECRET = 4;

    private final MaskRules rules;
    private final Assignments assignments;

    TextMask(MaskRules rules) {
        this.rules = rules;
        this.assignments = new Assignments(rules);
    }

    String text(String value, String where, MaskNotes notes) {
        if (value.length() < SHORTEST_SECRET) {
            return value;
        }
        String masked = plain(value, where, notes);
        return masked.indexOf('%') < 0 ? masked : encodedParts(masked, where, notes);
    }

    String query(String query, String where, MaskNotes notes) {
        StringBuilder out = new StringBuilder(query.length());
        int from = 0;
        while (from <= query.length()) {
            int end = query.indexOf('&', from);
            if (end < 0) {
                end = query.length();
            }
            parameter(query.substring(from, end), where, notes, out);
            if (end < query.length()) {
                out.append('&');
            }
            from = end + 1;
        }
        return out.toString();
    }

    private void parameter(String parameter, String where, MaskNotes notes, StringBuilder out) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? "" : PercentText.decode(parameter.substring(0, equals));
        if (equals < 0 || !rules.parameter(name)) {
            out.append(text(parameter, where, notes));
            return;
        }
        String value = parameter.substring(equals + 1);
        out.append(text(parameter.substring(0, equals), where, notes)).append('=');
        if (value.isEmpty() || value.equals(Mask.MASKED)) {
            out.append(value);
            return;
        }
        notes.add(where, shapes(name, where, new MaskNotes()));
        out.append(Mask.MASKED);
    }

    /// The text with what is visible without decoding masked.
    private String plain(String value, String where, MaskNotes notes) {
        return assignments.mask(shapes(value, where, notes), where, notes);
    }

    private static String shapes(String value, String where, MaskNotes notes) {
        String masked = Jwts.mask(value, where, notes);
        masked = UserInfo.mask(masked, where, notes);
        return TokenShapes.mask(masked, where, notes);
    }

    /// Looks through percent-encoding: a part between `/`, `?`, `&` and blanks that hides a secret is masked as a
    /// whole, since there is no one way to encode what is left.
    private String encodedParts(String value, String where, MaskNotes notes) {
        StringBuilder out = new StringBuilder(value.length());
        int from = 0;
        while (from < value.length()) {
            int end = from;
            while (end < value.length() && "/?& \t\r\n\"'".indexOf(value.charAt(end)) < 0) {
                end++;
            }
            out.append(encodedPart(value.substring(from, end), where, notes));
            if (end < value.length()) {
                out.append(value.charAt(end));
            }
            from = end + 1;
        }
        return out.toString();
    }

    private String encodedPart(String part, String where, MaskNotes notes) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        String decoded = PercentText.decode(part);
        MaskNotes found = new MaskNotes();
        plain(decoded, where, found);
        if (found.isEmpty()) {
            return part;
        }
        notes.add(where, "encoded");
        int equals = part.indexOf('=');
        String name = equals < 0 ? "" : part.substring(0, equals + 1);
        MaskNotes inName = new MaskNotes();
        plain(PercentText.decode(name), where, inName);
        return inName.isEmpty() ? name + Mask.MASKED : Mask.MASKED;
    }
}
