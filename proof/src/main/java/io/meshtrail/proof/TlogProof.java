package io.meshtrail.proof;

import java.util.List;
import java.util.Optional;

/// A `.tlog-proof` file (C2SP tlog-proof, ledger spec section 8): an entry's way up to the root, and the
/// checkpoint
/// that holds the root, so that one file and one key prove an entry years later without the ledger. It is our
/// receipt.
///
/// ```
/// c2sp.org/tlog-proof@v1
/// index 280
/// mrCYveHe8/85CePaND77dVuQNygkh4W1qz6asZJ1nC4=
/// ...
///
/// <checkpoint note>
/// ```
///
/// @param extra  base64 of bytes for the application; nobody vouches for them
/// @param hashes the leaf's sibling first
public record TlogProof(Optional<String> extra, long leafIndex, List<Hash> hashes, SignedNote note) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    /// A note, 63 hashes and some extra bytes.
    private static final int MAX_BYTES = SignedNote.MAX_BYTES + 64 * 1024;

    public TlogProof {
        hashes = List.copyOf(hashes);
        if (leafIndex < 0) {
            throw new IllegalArgumentException("leafIndex " + leafIndex + " is negative");
        }
    }

    /// The receipt of one entry under a published checkpoint of the same size as the proof.
    public static TlogProof of(InclusionProof inclusion, SignedNote checkpoint) {
        return new TlogProof(Optional.empty(), inclusion.leafIndex(), inclusion.hashes(), checkpoint);
    }

    /// Reads the form; whether it proves anything is for [VerifyProof] to say.
    public static TlogProof parse(byte[] bytes) throws MalformedException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedException("proof has " + bytes.length + " bytes, the limit is " + MAX_BYTES);
        }
        LineReader lines = new LineReader(Utf8.decode(bytes, "proof"), "proof");
        String header = lines.next("the line " + HEADER);
        if (!header.equals(HEADER)) {
            throw new MalformedException("proof starts with " + Shown.of(header) + ", expected " + HEADER);
        }
        String line = lines.next("an index line");
        Optional<String> extra = Optional.empty();
        if (line.startsWith(EXTRA)) {
            extra = Optional.of(line.substring(EXTRA.length()));
            Base64Text.decode(extra.get(), "proof extra");
            line = lines.next("an index line");
        }
        if (!line.startsWith(INDEX)) {
            throw new MalformedException("proof has " + Shown.of(line) + " where the index line should be");
        }
        long leafIndex = Decimal.parse(line.substring(INDEX.length()), "proof index");
        List<Hash> hashes = lines.hashesUntilBlankLine();
        SignedNote note = SignedNote.parse(lines.rest());
        TlogProof proof = new TlogProof(extra, leafIndex, hashes, note);
        proof.checkpoint();
        return proof;
    }

    /// The checkpoint inside the note, whose size and root count.
    public Checkpoint checkpoint() throws MalformedException {
        return Checkpoint.parse(note.text());
    }

    /// The file's text; equal to what was parsed.
    public String print() {
        StringBuilder file = new StringBuilder(HEADER).append('\n');
        extra.ifPresent(base64 -> file.append(EXTRA).append(base64).append('\n'));
        file.append(INDEX).append(leafIndex).append('\n');
        for (Hash hash : hashes) {
            file.append(hash.base64()).append('\n');
        }
        return file.append('\n').append(note.print()).toString();
    }
}
