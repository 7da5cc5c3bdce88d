package io.meshtrail.ledger.fsck;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wrong with one ledger, in the order in which it was found; each thing once.
final class Findings {
    private final String ledger;
    private final List<Finding> all = new ArrayList<>();

    Findings(String ledger) {
        this.ledger = ledger;
    }

    void add(long from, long to, String file, @Nullable String words) {
        Finding finding = new Finding(ledger, from, to, file, String.valueOf(words));
        if (!all.contains(finding)) {
            all.add(finding);
        }
    }

    int count() {
        return all.size();
    }

    List<Finding> all() {
        return all;
    }
}
