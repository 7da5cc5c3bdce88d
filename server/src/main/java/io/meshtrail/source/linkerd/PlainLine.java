package io.meshtrail.source.linkerd;

import io.meshtrail.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of the plain form: `[ <uptime>s] <LEVEL> ThreadId(NN) <spans>: <target>: <message>
/// <key>=<value> …`. Values are not quoted: one ends where the next known key stands, outside brackets
/// and quotes.
sealed interface PlainLine {
    record Read(LogLine line) implements PlainLine {}

    record Broken(String why) implements PlainLine {}

    Pattern HEAD = Pattern.compile(
            "(\\[\\s*\\d{1,12}\\.\\d{1,9}s\\]|\\d{4}-\\d\\d-\\d\\dT\\S{1,40})\\s+"
                    + "(TRACE|DEBUG|INFO|WARN|ERROR)\\s+(?:ThreadId\\(\\d{1,9}\\)\\s+)?(.*)",
            Pattern.DOTALL);
    Pattern TARGET = Pattern.compile("[a-z0-9_]{1,64}(?:::[a-z0-9_]{1,64}){0,8}");
    Pattern SPAN = Pattern.compile("([a-z_]{1,64})(?:\\{([^{}]{0,1024})\\})?(?::|$)");
    Pattern KEY = Pattern.compile("(?:^|\\s)((?:server|route|client|authz|error|listen)(?:\\.[a-z]{1,16})?"
            + "|tls|permit|path|reason|id|expiry|dst)=");

    static PlainLine read(String line) {
        Matcher head = HEAD.matcher(line);
        if (!head.matches()) {
            return new Broken("no line of the proxy: it starts neither with an uptime and a level nor with an address");
        }
        String rest = head.group(3);
        int first = separator(rest, 0);
        int second = first < 0 ? -1 : separator(rest, first + 2);
        boolean spanned =
                second > 0 && TARGET.matcher(rest.substring(first + 2, second)).matches();
        int end = spanned ? second : first;
        String target = end < 0 ? "" : rest.substring(spanned ? first + 2 : 0, end);
        String said = end < 0 ? rest : rest.substring(end + 2);
        Map<String, String> fields = new LinkedHashMap<>();
        String twice = fields(said, fields);
        if (!twice.isEmpty()) {
            return new Broken("the field " + twice + " twice");
        }
        Matcher key = KEY.matcher(said);
        String message = key.find() ? said.substring(0, key.start()).strip() : said.strip();
        Map<String, String> spans = spanned ? spans(rest.substring(0, first)) : Map.of();
        Map<String, Json> members = new LinkedHashMap<>();
        fields.forEach((name, value) -> members.put(name, new Json.Text(value)));
        return new Read(
                new LogLine(head.group(1), head.group(2), target, message, fields, spans, new Json.Obj(members)));
    }

    /// The next `: ` outside braces; -1 if there is none.
    private static int separator(String text, int from) {
        int depth = 0;
        for (int i = from; i + 1 < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0 && c == ':' && text.charAt(i + 1) == ' ') {
                return i;
            }
        }
        return -1;
    }

    private static Map<String, String> spans(String text) {
        Map<String, String> spans = new LinkedHashMap<>();
        Matcher span = SPAN.matcher(text);
        while (span.find()) {
            spans.put(span.group(1), "");
            String inside = span.group(2);
            if (inside == null) {
                continue;
            }
            for (String pair : inside.split(" ")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    spans.put(span.group(1) + "." + pair.substring(0, equals), pair.substring(equals + 1));
                }
            }
        }
        return spans;
    }

    /// @return a key that stands twice, or the empty text
    private static String fields(String text, Map<String, String> fields) {
        Matcher key = KEY.matcher(text);
        int at = 0;
        while (key.find(at)) {
            int end = end(text, key.end());
            if (fields.put(key.group(1), text.substring(key.end(), end).strip()) != null) {
                return key.group(1);
            }
            at = end;
            if (at >= text.length()) {
                break;
            }
        }
        return "";
    }

    /// Where a value ends: before the next known key outside brackets and quotes.
    private static int end(String text, int start) {
        int depth = 0;
        boolean quoted = false;
        Matcher key = KEY.matcher(text);
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && (i == 0 || text.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            } else if (!quoted && "([{".indexOf(c) >= 0) {
                depth++;
            } else if (!quoted && ")]}".indexOf(c) >= 0) {
                depth--;
            } else if (!quoted
                    && depth <= 0
                    && c == ' '
                    && key.region(i, text.length()).lookingAt()) {
                return i;
            }
        }
        return text.length();
    }
}
