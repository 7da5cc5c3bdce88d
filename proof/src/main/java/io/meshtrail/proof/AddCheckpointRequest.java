package io.meshtrail.proof;

import java.util.List;

/// The body of a witness's `add-checkpoint` (C2SP tlog-witness, ledger spec section 6): a checkpoint, and the
/// proof
/// that it continues the one of `oldSize` entries.
///
/// @param hashes the consistency proof; empty if `oldSize` is 0 or the checkpoint's own size
public record AddCheckpointRequest(long oldSize, List<Hash> hashes, SignedNote note) {
    private static final String OLD = "old ";

    public AddCheckpointRequest {
        hashes = List.copyOf(hashes);
    }

    public static AddCheckpointRequest parse(byte[] bytes) throws MalformedException {
        if (bytes.length > SignedNote.MAX_BYTES) {
            throw new MalformedException(
                    "request has " + bytes.length + " bytes, the limit is " + SignedNote.MAX_BYTES);
        }
        LineReader lines = new LineReader(Utf8.decode(bytes, "request"), "request");
        String first = lines.next("the old size");
        if (!first.startsWith(OLD)) {
            throw new MalformedException("request starts with " + Shown.of(first) + ", expected " + OLD + "<size>");
        }
        long oldSize = Decimal.parse(first.substring(OLD.length()), "request old size");
        List<Hash> hashes = lines.hashesUntilBlankLine();
        AddCheckpointRequest request = new AddCheckpointRequest(oldSize, hashes, SignedNote.parse(lines.rest()));
        if (!request.isEmptyTreeWithRoot()) {
            request.checkpoint();
        }
        return request;
    }

    /// Whether the checkpoint would be well-formed but for this: it gives the tree of no entries a root that
    /// it cannot have. A witness must say so (422) only after it has looked who signed, so it is no mistake of
    /// form.
    boolean isEmptyTreeWithRoot() {
        return Checkpoint.isEmptyTreeWithRoot(note.text());
    }

    /// The first line of the checkpoint: which ledger asks.
    public String origin() {
        return Checkpoint.originOf(note.text());
    }

    public Checkpoint checkpoint() throws MalformedException {
        return Checkpoint.parse(note.text());
    }

    /// The body to send.
    public String print() {
        StringBuilder body = new StringBuilder(OLD).append(oldSize).append('\n');
        for (Hash hash : hashes) {
            body.append(hash.base64()).append('\n');
        }
        return body.append('\n').append(note.print()).toString();
    }
}
