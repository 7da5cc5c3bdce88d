package io.meshtrail.source.otlp;

import io.meshtrail.app.Decoders;
import io.meshtrail.event.Field;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.ExportDecoder;
import io.meshtrail.source.Hints;
import java.util.List;

/// Exports for tests of bodies: each event with the producer that the export names.
final class ToldAsDecoded implements Decoder {
    private final ExportDecoder exports = Decoders.exports(Mask.DEFAULT).logs();

    @Override
    public String format() {
        return exports.format();
    }

    @Override
    public List<Decoded> decode(byte[] body, Hints hints) {
        return exports.decode(body, hints).stream()
                .map(told -> named(told.decoded(), told.producer()))
                .toList();
    }

    private static Decoded named(Decoded decoded, String producer) {
        return decoded instanceof Decoded.Event event
                ? new Decoded.Event(
                        event.event().toBuilder()
                                .text(Field.PRODUCER_ID, producer)
                                .build(),
                        event.record())
                : decoded;
    }
}
