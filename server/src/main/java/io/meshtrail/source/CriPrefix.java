package io.meshtrail.source;

import io.meshtrail.event.Timestamp;
import java.util.OptionalLong;

/// The prefix that a container runtime puts before each line of a container's output:
/// `2026-08-21T12:00:01.000000001Z stdout F `.
public final class CriPrefix {
    private static final int SHORTEST = 20;
    private static final int LONGEST_TIME = 40;

    private CriPrefix() {}

    /// The line without the prefix, if it has one.
    public static String strip(String line) {
        int time = line.indexOf(' ');
        if (time < SHORTEST || time > LONGEST_TIME || !isTime(line, time)) {
            return line;
        }
        int stream = line.indexOf(' ', time + 1);
        int tag = stream < 0 ? -1 : line.indexOf(' ', stream + 1);
        if (tag < 0) {
            return line;
        }
        String name = line.substring(time + 1, stream);
        String tags = line.substring(stream + 1, tag);
        boolean cri =
                (name.equals("stdout") || name.equals("stderr")) && (tags.startsWith("F") || tags.startsWith("P"));
        return cri ? line.substring(tag + 1) : line;
    }

    /// Whether the runtime cut the line here (at 16 KiB, as most do) and goes on in the next one of that stream.
    static boolean isCut(String line) {
        String text = strip(line);
        return text.length() < line.length() && line.startsWith(" P", line.indexOf(' ', line.indexOf(' ') + 1));
    }

    /// The stream that a line was written to: `stdout`, `stderr`, or empty if it has no prefix.
    static String stream(String line) {
        int time = line.indexOf(' ');
        return strip(line).length() < line.length() ? line.substring(time + 1, line.indexOf(' ', time + 1)) : "";
    }

    /// When the runtime wrote the line, in nanoseconds since 1970; empty if it has no prefix.
    public static OptionalLong time(String line) {
        boolean prefixed = strip(line).length() < line.length();
        return prefixed ? Timestamp.parse(line.substring(0, line.indexOf(' '))) : OptionalLong.empty();
    }

    private static boolean isTime(String line, int end) {
        return Character.isDigit(line.charAt(0))
                && line.charAt(4) == '-'
                && line.substring(0, end).indexOf('T') == 10;
    }
}
