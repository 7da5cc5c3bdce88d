package io.meshtrail.ingest;

import io.meshtrail.event.Placement;
import io.meshtrail.event.Receipt;
import io.meshtrail.event.Submission;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.ExportDecoder.Told;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one export told, by producer: handed in as a whole, counted for each by himself.
final class Shipment {
    private final Door door;
    private final long received;
    private final Map<Source, Batch> parts = new LinkedHashMap<>();
    private final Set<Integer> rejected = new LinkedHashSet<>();
    private final List<String> reasons = new ArrayList<>();
    private boolean anyRead;

    Shipment(Door door, long received) {
        this.door = door;
        this.received = received;
    }

    /// Packs an export.
    ///
    /// @param sender who is meant where a record names no producer
    void pack(List<Told> told, byte[] input, String sender, String format) {
        Map<String, List<Decoded>> byProducer = new LinkedHashMap<>();
        for (Told one : told) {
            String producer = one.producer().isEmpty() ? sender : one.producer();
            byProducer.computeIfAbsent(producer, name -> new ArrayList<>()).add(one.decoded());
            if (one.decoded() instanceof Decoded.Rejection(int line, String reason)) {
                rejected.add(one.number());
                reasons.add(one.number() + ": " + reason);
            } else {
                anyRead = true;
            }
            if (!one.producer().isEmpty()) {
                door.source(producer, format).introduced();
            }
        }
        door.arrived(input.length);
        byProducer.forEach((producer, decoded) -> {
            Batch batch = new Batch();
            Source source = door.source(producer, format);
            door.packPart(decoded, source, input, received, batch);
            parts.put(source, batch);
        });
    }

    List<Submission> submissions() {
        List<Submission> all = new ArrayList<>();
        parts.values().forEach(batch -> all.addAll(batch.submissions()));
        return all;
    }

    /// Counts all of it as durable.
    void durable(Receipt receipt) {
        int at = 0;
        for (Map.Entry<Source, Batch> part : parts.entrySet()) {
            int count = part.getValue().submissions().size();
            List<Placement> placements = receipt.placements().subList(at, at + count);
            door.durable(part.getValue(), part.getKey(), new Receipt(placements), received);
            long again = placements.stream().filter(Placement::duplicate).count();
            door.reconciler().arrived(part.getKey().id(), part.getValue().records() - again);
            at += count;
        }
    }

    /// Records of the export of which something was not understood.
    int rejectedCount() {
        return rejected.size();
    }

    /// Why, for people.
    List<String> reasons() {
        return reasons;
    }

    /// Whether there were records and none of them was understood.
    boolean unreadable() {
        return !rejected.isEmpty() && !anyRead;
    }
}
