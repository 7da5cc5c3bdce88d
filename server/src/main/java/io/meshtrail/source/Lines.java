package io.meshtrail.source;

import java.util.ArrayList;
import java.util.List;

/// Cuts a body into lines: at LF or CR LF, without a byte order mark, numbered as an editor would.
public final class Lines {
    private Lines() {}

    /// All lines that are not blank.
    public static List<Line> of(byte[] body) {
        List<Line> lines = new ArrayList<>();
        int number = 1;
        int from = start(body);
        while (from < body.length) {
            int end = from;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            int length = end > from && body[end - 1] == '\r' ? end - from - 1 : end - from;
            Line line = new Line(number, body, from, length);
            if (!line.isBlank()) {
                lines.add(line);
            }
            number++;
            from = end + 1;
        }
        return lines;
    }

    /// Where the text of a body starts: after a UTF-8 byte order mark, if there is one.
    public static int start(byte[] body) {
        boolean mark = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        return mark ? 3 : 0;
    }

    /// The first byte of a body that is not a blank or a line end, by which JSON is told from text: `{` is an
    /// object (or one a line), `[` an array; -1 if there is none.
    public static int firstByte(byte[] body) {
        for (int i = start(body); i < body.length; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r' && body[i] != '\n') {
                return body[i];
            }
        }
        return -1;
    }
}
