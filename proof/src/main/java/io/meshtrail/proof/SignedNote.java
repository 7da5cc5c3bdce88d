package io.meshtrail.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// A text with signature lines under it (C2SP signed-note, ledger spec section 3). Parsing says only that the
/// form is
/// right; [#verify] says who signed.
///
/// @param text       what is signed, its last LF included, the blank line after it not
/// @param signatures in the order of their lines; at least one
public record SignedNote(String text, List<NoteSignature> signatures) {
    /// Enough for sixteen ML-DSA-44 signatures; a limit so that a hostile note costs little.
    public static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_SIGNATURES = 100;

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || signatures.isEmpty()) {
            throw new IllegalArgumentException("a note is a text that ends in LF, and at least one signature");
        }
    }

    public static SignedNote parse(byte[] bytes) throws MalformedException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedException("note has " + bytes.length + " bytes, the limit is " + MAX_BYTES);
        }
        return parseText(Utf8.decode(bytes, "note"));
    }

    public static SignedNote parse(String note) throws MalformedException {
        return parse(Utf8.encodeOrRefuse(note, "note"));
    }

    private static SignedNote parseText(String note) throws MalformedException {
        for (int i = 0; i < note.length(); i++) {
            if (note.charAt(i) < 0x20 && note.charAt(i) != '\n') {
                throw new MalformedException(
                        String.format("note holds the control character 0x%02x", (int) note.charAt(i)));
            }
        }
        // The last blank line separates: the text may hold blank lines, signature lines are never empty.
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0) {
            throw new MalformedException("note has no blank line between text and signatures");
        }
        String lines = note.substring(blank + 2);
        if (lines.isEmpty()) {
            throw new MalformedException("note has no signatures");
        }
        if (!lines.endsWith("\n")) {
            throw new MalformedException("last signature line has no line end");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (int start = 0; start < lines.length(); ) {
            int end = lines.indexOf('\n', start);
            if (signatures.size() == MAX_SIGNATURES) {
                throw new MalformedException("note has more than " + MAX_SIGNATURES + " signatures");
            }
            signatures.add(NoteSignature.parse(lines.substring(start, end)));
            start = end + 1;
        }
        return new SignedNote(note.substring(0, blank + 1), signatures);
    }

    /// The note as it is stored and sent.
    public String print() {
        StringBuilder note = new StringBuilder(text).append('\n');
        for (NoteSignature signature : signatures) {
            note.append(signature.line()).append('\n');
        }
        return note.toString();
    }

    public byte[] bytes() {
        return Utf8.encode(print());
    }

    /// The same text with one more signature line.
    public SignedNote with(NoteSignature signature) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    /// Who of the known keys signed; at least one must have. Lines of unknown keys are normal (witnesses, key
    /// rotation) and ignored. One line that claims a known key and does not verify spoils the whole note.
    public NoteVerdict verify(Collection<VerifierKey> known) {
        NoteVerdict verdict = verifyAny(known);
        if (verdict instanceof NoteVerdict.Accepted accepted
                && accepted.signers().isEmpty()) {
            return new NoteVerdict.Refused("no signature by a known key; signed by "
                    + signatures.stream()
                            .map(signature -> signature.name() + " (key " + signature.keyId() + ")")
                            .toList());
        }
        return verdict;
    }

    /// The same, where nobody having signed is acceptable; for cosignatures, whose number a policy judges.
    public NoteVerdict verifyAny(Collection<VerifierKey> known) {
        List<NoteVerdict.Signer> signers = new ArrayList<>();
        for (NoteSignature signature : signatures) {
            Optional<VerifierKey> claimed =
                    known.stream().filter(signature::claims).findFirst();
            if (claimed.isEmpty()) {
                continue;
            }
            VerifierKey key = claimed.get();
            if (!key.verifies(text, signature)) {
                return new NoteVerdict.Refused(
                        "the signature by " + key.name() + " (key " + key.keyId() + ") does not verify over this text");
            }
            if (signers.stream().noneMatch(signer -> signer.key().equals(key))) {
                signers.add(new NoteVerdict.Signer(key, key.timestamp(signature)));
            }
        }
        return new NoteVerdict.Accepted(signers);
    }
}
