package io.meshtrail.query;

import io.meshtrail.event.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Prints a filter as a query: the one canonical form. Parsing it gives the same filter.
public final class QueryText {
    private QueryText() {}

    public static String of(Filter filter) {
        return print(filter, false);
    }

    /// @param inside whether the text will stand beside others, so that a list needs parentheses
    private static String print(Filter filter, boolean inside) {
        return switch (filter) {
            case Filter.Everything() -> "*";
            case Filter.And(List<Filter> filters) -> list(filters, " AND ", inside);
            case Filter.Or(List<Filter> filters) -> list(filters, " OR ", inside);
            case Filter.Not(Filter inner) -> "-" + print(inner, true);
            case Filter.Word(Wildcard pattern) -> word(pattern);
            case Filter.Present(Target target) -> target.key() + ":*";
            case Filter.Text(Target target, Wildcard pattern) -> target.key() + ":" + pattern(pattern);
            case Filter.TextRange(Target target, Optional<Filter.Bound> from, Optional<Filter.Bound> to) ->
                textRange(target, from, to);
            case Filter.Numbers(Target target, long first, long last) -> numbers(target, first, last);
            case Filter.Addresses(Target target, Network network) -> target.key() + ":" + network;
        };
    }

    private static String list(List<Filter> filters, String joint, boolean inside) {
        String list = filters.stream().map(filter -> print(filter, true)).collect(Collectors.joining(joint));
        return inside ? "(" + list + ")" : list;
    }

    private static String word(Wildcard pattern) {
        String text = pattern(pattern);
        return text.equals("*") ? "\"*\"" : text;
    }

    private static String textRange(Target target, Optional<Filter.Bound> from, Optional<Filter.Bound> to) {
        if (from.isPresent() && to.isPresent()) {
            return target.key() + ":[" + literal(from.get().text()) + " TO "
                    + literal(to.get().text()) + "]";
        }
        Filter.Bound bound = from.or(() -> to).orElseThrow();
        String sign = (from.isPresent() ? ">" : "<") + (bound.included() ? "=" : "");
        return target.key() + sign + literal(bound.text());
    }

    private static String numbers(Target target, long first, long last) {
        if (first == last) {
            return target.key() + ":" + number(target, first);
        }
        if (last == Long.MAX_VALUE) {
            return target.key() + ">=" + number(target, first);
        }
        if (first == Long.MIN_VALUE) {
            return target.key() + "<=" + number(target, last);
        }
        return target.key() + ":[" + number(target, first) + " TO " + number(target, last) + "]";
    }

    private static String number(Target target, long value) {
        return target.shape() == Target.Shape.TIME ? Timestamp.print(value) : Long.toString(value);
    }

    private static String literal(String text) {
        return pattern(Wildcard.exactly(text));
    }

    private static String pattern(Wildcard pattern) {
        String bare = String.join("*", pattern.parts());
        boolean plain = pattern.parts().stream().allMatch(part -> part.matches("[A-Za-z0-9_./@-]*"))
                && bare.matches("[A-Za-z0-9_./@*][\\s\\S]*")
                && !bare.matches("AND|OR|NOT|TO");
        return plain
                ? bare
                : pattern.parts().stream()
                        .map(part ->
                                part.replace("\\", "\\\\").replace("\"", "\\\"").replace("*", "\\*"))
                        .collect(Collectors.joining("*", "\"", "\""));
    }
}
