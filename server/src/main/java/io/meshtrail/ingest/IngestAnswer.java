package io.meshtrail.ingest;

import io.meshtrail.event.Address;
import io.meshtrail.event.Placement;
import io.meshtrail.source.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/// What a sender over HTTP is told once its records are durable.
///
/// @param ignored records that tell nothing to audit
/// @param placements one for each record that became an event or was one already
record IngestAnswer(int ignored, List<Decoded.Rejection> rejected, List<Placement> placements) {
    /// Entries of one ledger without a hole, both ends inclusive.
    record Range(long first, long last) {}

    /// Where the new entries are, by ledger.
    Map<String, List<Range>> receipts() {
        Map<String, List<Range>> byLedger = new TreeMap<>();
        for (Address address : addresses(false).stream().sorted().toList()) {
            List<Range> ranges = byLedger.computeIfAbsent(address.ledger(), name -> new ArrayList<>());
            if (!ranges.isEmpty() && ranges.getLast().last() + 1 == address.leafIndex()) {
                ranges.add(new Range(ranges.removeLast().first(), address.leafIndex()));
            } else {
                ranges.add(new Range(address.leafIndex(), address.leafIndex()));
            }
        }
        return byLedger;
    }

    /// The places of new entries, or of those that were there already, in the order of the records.
    List<Address> addresses(boolean duplicates) {
        return placements.stream()
                .filter(placement -> placement.duplicate() == duplicates)
                .map(Placement::address)
                .toList();
    }

    void write(JsonGenerator json) {
        json.writeStartObject();
        writeMembers(json);
        json.writeEndObject();
    }

    /// The same, for a sender that has waited.
    void write(JsonGenerator json, Reached reached) {
        json.writeStartObject();
        writeMembers(json);
        json.writeStringProperty("stage", reached.stage());
        json.writeArrayPropertyStart("proofs");
        reached.proofs().forEach((address, proof) -> {
            json.writeStartObject();
            json.writeStringProperty("address", address.toString());
            json.writeStringProperty("proof", proof);
            json.writeEndObject();
        });
        json.writeEndArray();
        if (reached.leftOut() > 0) {
            json.writeNumberProperty("proofsLeftOut", reached.leftOut());
        }
        json.writeEndObject();
    }

    private void writeMembers(JsonGenerator json) {
        List<Address> duplicates = addresses(true);
        json.writeNumberProperty("accepted", placements.size() - duplicates.size());
        json.writeNumberProperty("ignored", ignored);
        json.writeNumberProperty("duplicate", duplicates.size());
        json.writeArrayPropertyStart("rejected");
        for (Decoded.Rejection rejection : rejected) {
            json.writeStartObject();
            json.writeNumberProperty("line", rejection.line());
            json.writeStringProperty("reason", rejection.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("receipts");
        receipts()
                .forEach((ledger, ranges) -> ranges.forEach(range -> {
                    json.writeStartObject();
                    json.writeStringProperty("ledger", ledger);
                    json.writeNumberProperty("first", range.first());
                    json.writeNumberProperty("last", range.last());
                    json.writeEndObject();
                }));
        json.writeEndArray();
        if (!duplicates.isEmpty()) {
            json.writeArrayPropertyStart("duplicates");
            duplicates.forEach(address -> json.writeString(address.toString()));
            json.writeEndArray();
        }
    }
}
