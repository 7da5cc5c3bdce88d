package io.meshtrail.segment;

import io.meshtrail.engine.Chunk;

/// Takes the values of sidecars out of chunks that have exactly the columns of [Columns#names].
final class ChunkNeedles {
    private static final Needle.Place[] PLACES = Needle.places().toArray(Needle.Place[]::new);

    private ChunkNeedles() {}

    /// @param first the leafIndex of the chunk's first row; the others follow without a gap
    static void collect(Chunk chunk, long first, NeedleBuilder builder) {
        for (Needle.Place place : PLACES) {
            Chunk.Texts texts = chunk.texts(place.column());
            if (texts.allNull()) {
                continue;
            }
            byte[] bytes = texts.bytes();
            for (int row = 0; row < chunk.rows(); row++) {
                if (!texts.isNull(row)) {
                    builder.add(first + row, place.seed(), bytes, texts.start(row), texts.start(row + 1));
                }
            }
        }
    }
}
