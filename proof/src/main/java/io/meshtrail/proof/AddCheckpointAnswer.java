package io.meshtrail.proof;

import java.util.ArrayList;
import java.util.List;

/// The bodies of a witness's answers to `add-checkpoint`, as the log reads them (C2SP tlog-witness, ledger
/// spec section 6). What a witness sends is not to be believed before its signatures verify.
public final class AddCheckpointAnswer {
    private AddCheckpointAnswer() {}

    /// The lines of a 200: one or more cosignatures over the checkpoint that was sent.
    public static List<NoteSignature> cosignatures(byte[] body) throws MalformedException {
        if (body.length > SignedNote.MAX_BYTES) {
            throw new MalformedException("answer has " + body.length + " bytes, the limit is " + SignedNote.MAX_BYTES);
        }
        String text = Utf8.decode(body, "answer");
        if (!text.endsWith("\n")) {
            throw new MalformedException("answer does not end in a line end");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            signatures.add(NoteSignature.parse(text.substring(start, end)));
            start = end + 1;
        }
        return signatures;
    }

    /// The body of a 409: the size that the witness cosigned last, in decimal, and a line end.
    public static long latestSize(byte[] body) throws MalformedException {
        String text = Utf8.decode(body, "answer");
        if (!text.endsWith("\n")) {
            throw new MalformedException("size does not end in a line end: " + Shown.of(text));
        }
        return Decimal.parse(text.substring(0, text.length() - 1), "latest cosigned size");
    }
}
