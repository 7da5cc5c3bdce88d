package io.meshtrail.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Snappy's block format, as Prometheus writes it.
final class Snappy {
    private static final int LONGEST_LENGTH = 5;

    private Snappy() {}

    /// The plain length that a block says it has; -1 if it says none.
    static long plainLength(byte[] block) {
        long length = 0;
        for (int i = 0; i < Math.min(LONGEST_LENGTH, block.length); i++) {
            length |= (long) (block[i] & 0x7F) << 7 * i;
            if (block[i] >= 0) {
                return length;
            }
        }
        return -1;
    }

    /// The plain bytes.
    ///
    /// @param length as [#plainLength] says
    /// @throws IOException if the block is broken
    static byte[] plain(byte[] block, int length) throws IOException {
        ByteBuf in = Unpooled.wrappedBuffer(block);
        // One that grows beyond what it said is broken.
        ByteBuf out = Unpooled.buffer(length, length);
        try {
            new io.netty.handler.codec.compression.Snappy().decode(in, out);
            if (out.readableBytes() != length) {
                throw new IOException("a snappy block of " + length + " bytes gave " + out.readableBytes());
            }
            byte[] plain = new byte[length];
            out.readBytes(plain);
            return plain;
        } catch (DecoderException | IndexOutOfBoundsException | UncheckedIOException broken) {
            throw new IOException("no snappy block: " + broken.getMessage(), broken);
        } finally {
            in.release();
            out.release();
        }
    }
}
