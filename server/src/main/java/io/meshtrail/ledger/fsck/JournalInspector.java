package io.meshtrail.ledger.fsck;

import io.meshtrail.journal.Journal;
import java.io.IOException;

/// Opens the journal of a ledger for reading alone; `app` decides which adapter that is.
public interface JournalInspector {
    Journal inspect(String ledger) throws IOException;
}
