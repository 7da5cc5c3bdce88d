package io.meshtrail.ledger;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// The ledgers that `root` says were opened, as far as it is in the journal.
final class Openings {
    private Openings() {}

    /// Those that the unsealed part of `root` names.
    static Set<String> toldIn(LedgerView root) throws IOException {
        Set<String> told = new HashSet<>();
        root.ledger().journal().read(root.sealedSize(), root.ledger().journal().next(), record -> {
            try {
                AuditEvent event = EventCodec.decode(record.entry());
                if (event.text(Field.ACTION).filter("open"::equals).isPresent()) {
                    told.add(event.attributes().getOrDefault("ledger", ""));
                }
            } catch (EntryFormatException damaged) {
                throw new IOException("entry root/" + record.leafIndex() + ": " + damaged.getMessage(), damaged);
            }
        });
        return told;
    }
}
