package io.meshtrail.proof;

import java.util.ArrayList;
import java.util.List;

/// Reads a text line by line, each ended by LF and by nothing else. `String.lines()` would also take CR and a
/// last
/// line without an end.
final class LineReader {
    private final String text;
    private final String what;
    private int at;

    LineReader(String text, String what) {
        this.text = text;
        this.what = what;
    }

    /// The next line without its end.
    String next(String expected) throws MalformedException {
        int end = text.indexOf('\n', at);
        if (end < 0) {
            throw new MalformedException(what + " ends where " + expected + " should be");
        }
        String line = text.substring(at, end);
        at = end + 1;
        return line;
    }

    /// The lines of a Merkle proof and the blank line after them.
    List<Hash> hashesUntilBlankLine() throws MalformedException {
        List<Hash> hashes = new ArrayList<>();
        for (String line = next("a blank line"); !line.isEmpty(); line = next("a blank line")) {
            if (hashes.size() == ConsistencyProof.MAX_HASHES) {
                throw new MalformedException(what + " has more than " + ConsistencyProof.MAX_HASHES + " hashes");
            }
            try {
                hashes.add(Hash.fromBase64(line));
            } catch (MalformedException badHash) {
                throw badHash.in(what + " hash " + hashes.size());
            }
        }
        return hashes;
    }

    /// All that has not been read.
    String rest() {
        return text.substring(at);
    }
}
