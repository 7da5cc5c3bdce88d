package io.meshtrail.segment;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes the entry of a row: the members in the order of the columns, which is the order of the keys, then
/// `v`.
///
/// It does not decide what an entry is. Whatever it writes is compared with the ledger's leaf hash or read by
/// [io.meshtrail.event.EventCodec#decode], and a column that was damaged makes it write something else.
final class EntryWriter {
    private static final byte[] END = ",\"v\":1}".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] ATTRIBUTE = "\"attributes.".getBytes(StandardCharsets.ISO_8859_1);
    private static final List<byte[]> KEYS =
            Columns.all().stream().map(EntryWriter::key).toList();

    private final JsonText out = new JsonText();

    private static byte[] key(Columns.Column column) {
        String name = column.field().map(io.meshtrail.event.Field::key).orElse(column.name());
        return ("\"" + name + "\":").getBytes(StandardCharsets.ISO_8859_1);
    }

    void begin() {
        out.clear();
        out.ascii('{');
    }

    void text(int column, byte[] text, int from, int to) {
        member(column);
        out.string(text, from, to);
    }

    void number(int column, long value) {
        member(column);
        out.number(value);
    }

    void time(int column, long nanos) {
        member(column);
        out.time(nanos);
    }

    /// A value that is canonical JSON already.
    void json(int column, byte[] text, int from, int to) {
        member(column);
        out.raw(text, from, to);
    }

    /// Takes the members of an object of strings over, each key with its prefix.
    void attributes(byte[] object, int from, int to) {
        int at = from + 1;
        while (at < to && object[at] == '"') {
            comma();
            out.raw(ATTRIBUTE);
            int key = endOfString(object, at, to);
            int value = endOfString(object, key + 1, to);
            out.raw(object, at + 1, value);
            at = value + 1;
        }
    }

    /// The place after the closing quote of a string that begins at `at`.
    private static int endOfString(byte[] text, int at, int to) {
        int i = at + 1;
        while (i < to && text[i] != '"') {
            i += text[i] == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, to);
    }

    /// The entry so far, in a longer array; valid until the next row begins.
    byte[] array() {
        return out.array();
    }

    /// Ends the entry.
    ///
    /// @return its length
    int end() {
        out.raw(END);
        return out.size();
    }

    private void member(int column) {
        comma();
        out.raw(KEYS.get(column));
    }

    private void comma() {
        if (out.size() > 1) {
            out.ascii(',');
        }
    }
}
