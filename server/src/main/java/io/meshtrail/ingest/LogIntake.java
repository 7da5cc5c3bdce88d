package io.meshtrail.ingest;

import io.meshtrail.event.Pushback;
import io.meshtrail.event.Receipt;
import io.meshtrail.source.ExportDecoder;
import io.meshtrail.source.Hints;
import java.util.concurrent.CompletableFuture;

/// Exports of logs: on to the ledger's door.
final class LogIntake implements ExportIntake {
    private final ExportDecoder decoder;
    private final Door door;

    LogIntake(ExportDecoder decoder, Door door) {
        this.decoder = decoder;
        this.door = door;
    }

    @Override
    public String records() {
        return "LogRecords";
    }

    @Override
    public CompletableFuture<Outcome> take(byte[] plain, Hints hints, String sender) {
        hints.observer().ifPresent(name -> door.source(name, decoder.format()).introduced());
        Shipment shipment = new Shipment(door, hints.received());
        shipment.pack(decoder.decode(plain, hints), plain, hints.observer().orElse(sender), decoder.format());
        return door.append(shipment.submissions()).thenApply(answer -> switch (answer) {
            case Pushback pushback -> new Outcome.NotNow(pushback);
            case Receipt receipt -> {
                shipment.durable(receipt);
                yield shipment.unreadable()
                        ? new Outcome.Unreadable(shipment.reasons())
                        : new Outcome.Taken(shipment.rejectedCount(), shipment.reasons());
            }
        });
    }
}
