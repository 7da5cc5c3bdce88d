package io.meshtrail.ledger;

import io.meshtrail.journal.Journal;
import java.io.IOException;

/// Opens the journal of a ledger; `app` decides which adapter that is.
public interface JournalOpener {
    /// @param sealed the first leafIndex that is in no segment
    Journal open(String ledger, long sealed) throws IOException;
}
