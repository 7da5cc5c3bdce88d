package io.meshtrail.source.ztunnel;

import io.meshtrail.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of text: `<time>\t<level>\t<scope>\t<message>\t<key>=<value> …`. Texts are quoted as Rust does
/// it, so that nothing a peer sends can end them; a line with a key twice or an open quote is none of
/// ztunnel's.
sealed interface TextLine {
    record Read(LogLine line) implements TextLine {}

    record Broken(String why) implements TextLine {}

    /// The scope may have spans behind it: `state:proxy{wl=shop/web-1}:inbound{id=… peer=…}`.
    Pattern HEAD = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\dT\\S{1,40})\\s+(?i:(trace|debug|info|warn|error))\\s+"
                    + "([a-z_:]{1,80}?):?((?::?[a-z_]{1,40}\\{[^{}]{0,1024}\\}){0,8}):?\\s+(.*)",
            Pattern.DOTALL);

    Pattern KEY = Pattern.compile("(?:^|\\s)([a-z_][a-z_.]{0,63})=");
    Pattern IN_SPAN = Pattern.compile("([a-z_]{1,40})\\{([^{}]*)\\}");

    static TextLine read(String line) {
        Matcher head = HEAD.matcher(line);
        if (!head.matches()) {
            return new Broken("no line of ztunnel: it does not start with time, level and scope");
        }
        String rest = head.group(5);
        Matcher first = KEY.matcher(rest);
        int start = first.find() ? first.start() : rest.length();
        Map<String, String> fields = new LinkedHashMap<>();
        String scope = head.group(3);
        boolean access = scope.equals("access");
        String complaint = fields(rest, start, fields);
        if (access && !complaint.isEmpty()) {
            return new Broken(complaint);
        }
        spans(head.group(4), fields);
        String message = rest.substring(0, start).strip();
        Map<String, Json> members = new LinkedHashMap<>();
        fields.forEach((key, value) -> members.put(key, new Json.Text(value)));
        return new Read(new LogLine(head.group(1), head.group(2), scope, message, fields, new Json.Obj(members)));
    }

    private static void spans(String spans, Map<String, String> fields) {
        Matcher span = IN_SPAN.matcher(spans);
        while (span.find()) {
            for (String pair : span.group(2).split(" ")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    fields.putIfAbsent(span.group(1) + "." + pair.substring(0, equals), pair.substring(equals + 1));
                }
            }
        }
    }

    /// @return what is wrong, or the empty text
    private static String fields(String text, int start, Map<String, String> fields) {
        int at = start;
        while (at < text.length()) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            int equals = text.indexOf('=', at);
            if (at >= text.length()) {
                return "";
            }
            if (equals < 0 || !text.substring(at, equals).matches("[a-z_][a-z_.]{0,63}")) {
                return "words between the fields";
            }
            String key = text.substring(at, equals);
            StringBuilder value = new StringBuilder();
            at = equals + 1 < text.length() && text.charAt(equals + 1) == '"'
                    ? RustText.read(text, equals + 1, value)
                    : bare(text, equals + 1, value);
            if (at < 0) {
                return "the field " + key + " ends inside quotes";
            }
            if (fields.put(key, value.toString()) != null) {
                return "the field " + key + " twice";
            }
        }
        return "";
    }

    private static int bare(String text, int start, StringBuilder value) {
        int end = start;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        value.append(text, start, end);
        return end;
    }
}
