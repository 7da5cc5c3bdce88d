package io.meshtrail.query;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What can be completed at a place of a query that is being typed, which need not parse yet.
///
/// @param from where what is typed begins: it is to be replaced up to the place
/// @param typed what is typed so far, quotes and escapes taken off
/// @param field whose value it is; empty for the name of a field, or a word
public record Completion(int from, String typed, Optional<Target> field) {
    private static final Pattern TEST =
            Pattern.compile("([A-Za-z][A-Za-z0-9_./-]*)(:|!=|>=|<=|=|>|<)(.*)", Pattern.DOTALL);

    /// @param position of the cursor, 0 to the length of the text
    public static Completion at(String text, int position) {
        int end = Math.clamp(position, 0, text.length());
        Deque<Optional<Target>> groups = new ArrayDeque<>();
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                groups.push(test(text.substring(start, i), start)
                        .filter(test -> test.typed().isEmpty())
                        .flatMap(Completion::field)
                        .or(() -> Optional.ofNullable(groups.peek()).flatMap(group -> group)));
                start = i + 1;
            } else if (!quoted && c == ')') {
                groups.poll();
                start = i + 1;
            } else if (!quoted && (QueryScanner.isBlank(c) || c == '-' && i == start)) {
                start = i + 1;
            }
        }
        int from = start;
        String token = text.substring(Math.min(from, end), end);
        Optional<Target> group = Optional.ofNullable(groups.peek()).flatMap(each -> each);
        return group.isPresent()
                ? new Completion(from, plain(token), group)
                : test(token, from).orElseGet(() -> new Completion(from, plain(token), Optional.empty()));
    }

    /// A token that is a test of a field there is.
    private static Optional<Completion> test(String token, int from) {
        Matcher test = TEST.matcher(token);
        if (!test.matches()) {
            return Optional.empty();
        }
        return Target.named(test.group(1))
                .map(target -> new Completion(from + test.start(3), plain(test.group(3)), Optional.of(target)));
    }

    private static String plain(String typed) {
        return typed.replaceAll("\\\\(.)", "$1").replaceFirst("^\"", "");
    }

    /// A value as it is to be written in a query, so that it means itself.
    public static String written(String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("*", "\\*");
        boolean bare = !value.isEmpty()
                && value.chars().noneMatch(c -> QueryScanner.isBlank((char) c) || "()\"".indexOf(c) >= 0)
                && "[<>-".indexOf(value.charAt(0)) < 0
                && !value.matches("AND|OR|NOT");
        return bare ? escaped : '"' + escaped + '"';
    }
}
