package io.meshtrail.query;

import java.util.List;
import java.util.SortedMap;

/// What an answer rests on.
///
/// @param missing what could not be read and why; empty if the answer is complete
/// @param asOf for each ledger the number of entries that were looked at
public record Coverage(List<String> missing, SortedMap<String, Long> asOf) {
    public boolean complete() {
        return missing.isEmpty();
    }
}
