package io.meshtrail.ledger.fsck;

import io.meshtrail.journal.Journal;
import io.meshtrail.proof.Hash;
import java.io.IOException;

/// Reads the entries of a ledger that are not sealed, and sees that they go on where the segments end.
final class JournalPass {
    private final DataFolder folder;
    private final String ledger;
    private final Findings findings;
    private final EntryListener listener;

    JournalPass(DataFolder folder, String ledger, Findings findings, EntryListener listener) {
        this.folder = folder;
        this.ledger = ledger;
        this.findings = findings;
        this.listener = listener;
    }

    /// Adds the entries to the tree.
    ///
    /// @return bytes at the journal's end of a record that was being written when the process died
    long read(long sealed, RebuiltTree tree) throws IOException {
        try (Journal journal = folder.journals().inspect(ledger)) {
            if (journal.next() < sealed || (journal.first() > sealed && journal.next() > sealed)) {
                findings.add(
                        sealed,
                        Math.max(sealed, journal.first()),
                        "journal/" + ledger,
                        "the journal has entries " + journal.first() + " to " + (journal.next() - 1)
                                + ", segments end at " + sealed);
                return 0;
            }
            journal.read(sealed, journal.next(), record -> {
                tree.append(Hash.leaf(record.entry()));
                listener.entry(ledger, record.leafIndex(), record.entry(), 0, record.entry().length);
            });
            return journal.torn();
        } catch (IOException damaged) {
            String words = String.valueOf(damaged.getMessage());
            findings.add(tree.size(), tree.size() + 1, file(words), words);
            throw new UnreadableException(words);
        }
    }

    private String file(String words) {
        String path = folder.of("journal").resolve(ledger).toString();
        int at = words.indexOf(path);
        int end = at < 0 ? -1 : words.indexOf(".journal", at);
        return end < 0
                ? "journal/" + ledger
                : "journal/" + ledger + words.substring(at + path.length(), end) + ".journal";
    }

    /// The journal ends in damage, and the finding says so: what it held is not known.
    static final class UnreadableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableException(String words) {
            super(words);
        }
    }
}
