package io.meshtrail.ledger.fsck;

/// Something that is not as it should be.
///
/// @param ledger the ledger's name, or `-` if it concerns none
/// @param from the first entry concerned
/// @param to one more than the last; equal to `from` if no entry can be named
/// @param file the file, below the data folder
/// @param words what was expected and what was found
public record Finding(String ledger, long from, long to, String file, String words) {
    @Override
    public String toString() {
        String range = from == to ? "" : ", entries " + from + " to " + (to - 1);
        return "ledger " + ledger + range + ", file " + file + ": " + words;
    }
}
