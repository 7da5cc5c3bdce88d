package io.meshtrail.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// The body of a tile or an entry bundle, compressed for those who accept gzip, at the fastest level: a
/// monitor that walks a ledger would else spend much of the server's time in the compressor.
final class PackedBody {
    private PackedBody() {}

    /// @param accepted the Accept-Encoding header
    static HttpData of(byte[] bytes, String accepted, ResponseHeadersBuilder headers) {
        headers.set(HttpHeaderNames.VARY, "accept-encoding");
        if (!WebFiles.accepts(accepted, "gzip")) {
            return HttpData.wrap(bytes);
        }
        headers.set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
        return HttpData.wrap(packed(bytes));
    }

    private static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 6 + 64);
        try (Fastest gzip = new Fastest(packed)) {
            gzip.write(bytes);
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException("writing to memory does not fail", impossible);
        }
        return packed.toByteArray();
    }

    private static final class Fastest extends GZIPOutputStream {
        Fastest(ByteArrayOutputStream out) throws java.io.IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
