package io.meshtrail.proof;

import java.util.ArrayList;
import java.util.List;

/// The signed notes in a text that may hold other things too: a file of several checkpoints one after the
/// other, an e-mail, a `.tlog-proof`. A note is a paragraph with signature lines in the paragraph below
/// it (C2SP signed-note); what is around it is passed over. Line ends of mail programs are understood.
///
/// It promises nothing about what it finds: the signatures are still to be verified.
public final class NoteFile {
    /// So that a hostile file costs little.
    public static final int MAX_BYTES = 16 << 20;

    private static final String SIGNATURE = "\u2014 ";

    private NoteFile() {}

    /// @throws MalformedException if the text is not UTF-8, or what looks like a note is none
    public static List<SignedNote> parse(byte[] bytes) throws MalformedException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedException("the file has " + bytes.length + " bytes, the limit is " + MAX_BYTES);
        }
        List<SignedNote> notes = new ArrayList<>();
        List<String> text = List.of();
        for (List<String> paragraph : paragraphs(Utf8.decode(bytes, "file").replace("\r\n", "\n"))) {
            if (!paragraph.getFirst().startsWith(SIGNATURE)) {
                text = paragraph;
            } else if (!text.isEmpty()) {
                notes.add(SignedNote.parse(String.join("\n", text) + "\n\n" + String.join("\n", paragraph) + "\n"));
                text = List.of();
            }
        }
        return notes;
    }

    /// Runs of lines without a blank one, in which signature lines and others do not mix: the next note
    /// may follow the last signature at once.
    private static List<List<String>> paragraphs(String text) {
        List<List<String>> paragraphs = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            boolean turns = !open.isEmpty() && open.getFirst().startsWith(SIGNATURE) != line.startsWith(SIGNATURE);
            if ((line.isEmpty() || turns) && !open.isEmpty()) {
                paragraphs.add(List.copyOf(open));
                open.clear();
            }
            if (!line.isEmpty()) {
                open.add(line);
            }
        }
        if (!open.isEmpty()) {
            paragraphs.add(List.copyOf(open));
        }
        return paragraphs;
    }
}
