package io.meshtrail.proof;

import java.util.List;

/// What a pruned ledger signs about its beginning, since a client could else not tell pruning from withholding
/// (ledger spec 2.9): entries below the minimum index need not be served any more. A signed note whose first line
/// no checkpoint has in front of a number, so that neither can be taken for the other.
///
/// ```
/// meshtrail/minimum-index/v1
/// audit.example/traffic
/// 1024
/// 1300
/// 2026-11-24T13:36:30.123456789Z
/// ```
///
/// @param origin   which ledger
/// @param minimum  the first entry that is still served; a multiple of 256
/// @param treeSize the size of the ledger when it said so
/// @param time     when, RFC 3339
public record MinimumIndex(String origin, long minimum, long treeSize, String time) {
    /// The first line.
    public static final String FIRST_LINE = "meshtrail/minimum-index/v1";

    public MinimumIndex {
        if (origin.isEmpty() || time.isEmpty() || hasControl(origin) || hasControl(time)) {
            throw new IllegalArgumentException("origin " + Shown.of(origin) + ", time " + Shown.of(time));
        }
        if (minimum < 0 || minimum > treeSize || minimum % TilePath.FULL_WIDTH != 0) {
            throw new IllegalArgumentException(
                    "a ledger of size " + treeSize + " cannot have the minimum index " + minimum);
        }
    }

    /// Reads the text of a note, strictly.
    public static MinimumIndex parse(String text) throws MalformedException {
        List<String> lines = List.of(text.split("\n", -1));
        if (lines.size() != 6 || !lines.getLast().isEmpty() || !lines.getFirst().equals(FIRST_LINE)) {
            throw new MalformedException("not a minimum index: five lines were expected, the first " + FIRST_LINE);
        }
        long minimum = Decimal.parse(lines.get(2), "minimum index");
        long treeSize = Decimal.parse(lines.get(3), "tree size of the minimum index");
        try {
            return new MinimumIndex(lines.get(1), minimum, treeSize, lines.get(4));
        } catch (IllegalArgumentException wrong) {
            throw new MalformedException(String.valueOf(wrong.getMessage()));
        }
    }

    /// The text that is signed.
    public String text() {
        return FIRST_LINE + '\n' + origin + '\n' + minimum + '\n' + treeSize + '\n' + time + '\n';
    }

    /// The published form.
    public SignedNote sign(SigningKey key) {
        return new SignedNote(text(), List.of(key.sign(text())));
    }

    /// Reads a note and believes it only if a key of its origin signed it.
    ///
    /// @param keys trusted keys; each key's name is the origin it may sign for
    public static MinimumIndex verified(SignedNote note, String origin, List<VerifierKey> keys)
            throws MalformedException {
        MinimumIndex index = parse(note.text());
        if (!index.origin.equals(origin)) {
            throw new MalformedException(
                    "the minimum index is of " + Shown.of(index.origin) + ", not of " + Shown.of(origin));
        }
        List<VerifierKey> own =
                keys.stream().filter(key -> key.name().equals(origin)).toList();
        return switch (note.verify(own)) {
            case NoteVerdict.Accepted signed -> index;
            case NoteVerdict.Refused refused -> throw new MalformedException("the minimum index: " + refused.why());
        };
    }

    private static boolean hasControl(String line) {
        return line.chars().anyMatch(c -> c < 0x20);
    }
}
