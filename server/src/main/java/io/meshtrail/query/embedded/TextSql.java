package io.meshtrail.query.embedded;

import io.meshtrail.query.Filter;
import io.meshtrail.query.Wildcard;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Conditions on texts. Patterns that need no regular expression get none; those that do get one of the
/// engine's automata, whose time is linear however many stars there are.
final class TextSql {
    private TextSql() {}

    /// Whether a text looks like the pattern from end to end.
    static Sql matches(Sql text, Wildcard pattern) {
        List<String> parts = pattern.parts();
        if (pattern.isExact()) {
            return new Sql().add(text).add(" = ").bind(pattern.first());
        }
        if (parts.size() == 2 && pattern.last().isEmpty()) {
            return call("starts_with", text, pattern.first());
        }
        if (parts.size() == 2 && pattern.first().isEmpty()) {
            return call("ends_with", text, pattern.last());
        }
        if (parts.size() == 3 && pattern.first().isEmpty() && pattern.last().isEmpty()) {
            return call("contains", text, parts.get(1));
        }
        return call("regexp_full_match", text, regex(parts));
    }

    /// Whether a part of a text looks like the pattern.
    static Sql isWithin(Sql text, Wildcard pattern) {
        return pattern.isExact()
                ? call("contains", text, pattern.first())
                : call("regexp_matches", text, regex(pattern.parts()));
    }

    static Sql between(Sql text, Optional<Filter.Bound> from, Optional<Filter.Bound> to) {
        Sql sql = new Sql().add("(");
        from.ifPresent(
                bound -> sql.add(text).add(bound.included() ? " >= " : " > ").bind(bound.text()));
        sql.add(from.isPresent() && to.isPresent() ? " AND " : "");
        to.ifPresent(
                bound -> sql.add(text).add(bound.included() ? " <= " : " < ").bind(bound.text()));
        return sql.add(")");
    }

    private static Sql call(String function, Sql text, String argument) {
        return new Sql().add(function + "(").add(text).add(", ").bind(argument).add(")");
    }

    private static String regex(List<String> parts) {
        return parts.stream().map(TextSql::quote).collect(Collectors.joining(".*", "(?s)", ""));
    }

    /// The literal text as a regular expression.
    static String quote(String literal) {
        StringBuilder quoted = new StringBuilder();
        literal.codePoints().forEach(point -> {
            boolean plain = point >= 0x80 || Character.isLetterOrDigit(point);
            if (plain) {
                quoted.appendCodePoint(point);
            } else {
                quoted.append("\\x{").append(Integer.toHexString(point)).append('}');
            }
        });
        return quoted.toString();
    }
}
