package io.meshtrail.cli;

import java.io.PrintWriter;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// How events are printed.
enum Output {
    table {
        @Override
        void head(PrintWriter out) {
            out.printf("%-27s %-8s %-12s %-34s %-30s %s%n", "TIME", "OUTCOME", "KIND", "WHO", "WHOM", "WHAT");
        }

        @Override
        void event(JsonNode element, PrintWriter out) {
            JsonNode event = element.path("event");
            out.printf(
                    "%-27s %-8s %-12s %-34s %-30s %s%n",
                    text(event, "time").replaceFirst("(\\.\\d{6})\\d{3}Z", "$1Z"),
                    text(event, "outcome"),
                    text(event, "kind"),
                    first(event, "source.identity", "user.id", "source.workload", "source.address"),
                    first(event, "destination.service", "destination.workload", "object.name", "destination.address"),
                    what(event) + "  " + element.path("address").asString());
        }
    },
    json {
        @Override
        void head(PrintWriter out) {}

        @Override
        void event(JsonNode element, PrintWriter out) {
            out.println(escaped(element.toString()));
        }
    },
    csv {
        @Override
        void head(PrintWriter out) {
            out.println("address," + String.join(",", COLUMNS));
        }

        @Override
        void event(JsonNode element, PrintWriter out) {
            StringBuilder line = new StringBuilder(element.path("address").asString());
            for (String column : COLUMNS) {
                line.append(',').append(cell(element.path("event").path(column)));
            }
            out.println(line);
        }
    };

    private static final List<String> COLUMNS = List.of(
            "time",
            "kind",
            "outcome",
            "reason",
            "mesh",
            "cluster",
            "source.identity",
            "source.workload",
            "source.address",
            "user.id",
            "destination.service",
            "destination.workload",
            "destination.identity",
            "http.method",
            "http.host",
            "http.path",
            "http.status",
            "policy.name",
            "policy.rule",
            "policy.action",
            "tls.failure",
            "object.kind",
            "object.namespace",
            "object.name",
            "change.verb",
            "change.summary",
            "request.id",
            "trace.id",
            "detail");

    abstract void head(PrintWriter out);

    abstract void event(JsonNode element, PrintWriter out);

    private static String what(JsonNode event) {
        String change = text(event, "change.summary");
        if (!change.equals("-")) {
            return change;
        }
        StringBuilder what = new StringBuilder();
        append(what, event, "http.method");
        append(what, event, "http.path");
        append(what, event, "http.status");
        append(what, event, "reason");
        append(what, event, "policy.name");
        append(what, event, "tls.failure");
        return what.toString().strip();
    }

    private static void append(StringBuilder what, JsonNode event, String field) {
        if (event.has(field)) {
            what.append(plain(event.path(field).asString())).append(' ');
        }
    }

    private static String first(JsonNode event, String... fields) {
        for (String field : fields) {
            if (event.has(field)) {
                return text(event, field);
            }
        }
        return "unknown";
    }

    private static String text(JsonNode event, String field) {
        return event.has(field) ? plain(event.path(field).asString()) : "-";
    }

    /// A value from the wire must not steer the terminal: control characters (C1 too), and those that turn the
    /// direction of text or hide in it, become a replacement character.
    static String plain(String value) {
        return value.codePoints()
                .map(point -> steers(point) ? 0xFFFD : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// The same JSON, with such characters as escapes; they only occur within strings.
    static String escaped(String json) {
        StringBuilder escaped = new StringBuilder(json.length());
        json.chars().forEach(unit -> {
            if (steers(unit) && !Character.isSurrogate((char) unit)) {
                escaped.append(String.format("\\u%04x", unit));
            } else {
                escaped.append((char) unit);
            }
        });
        return escaped.toString();
    }

    private static boolean steers(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /// Quotes a cell, and takes the life out of what a spreadsheet would run as a formula.
    private static String cell(JsonNode value) {
        String text = value.isMissingNode() ? "" : value.isValueNode() ? value.asString() : value.toString();
        if (!text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        text = plain(text);
        return text.matches("[^\",]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
