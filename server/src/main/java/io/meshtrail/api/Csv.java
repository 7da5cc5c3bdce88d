package io.meshtrail.api;

import java.util.List;
import java.util.stream.Collectors;

/// Lines of comma-separated values (RFC 4180).
final class Csv {
    private Csv() {}

    /// @param cells as [#text] and [#plain] make them
    static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(",", "", "\r\n"));
    }

    /// A cell with a text from outside: quoted where needed, and with an apostrophe before what a spreadsheet
    /// would run as a formula.
    static String text(String value) {
        boolean runs = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
        return plain(runs ? "'" + value : value);
    }

    /// A cell with a value of our own making, such as a number.
    static String plain(String value) {
        boolean quoted = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
