package io.meshtrail.ingest;

import com.github.luben.zstd.ZstdInputStream;
import com.linecorp.armeria.common.HttpStatus;
import io.meshtrail.http.Problem;
import io.meshtrail.http.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A request body and how it is compressed.
final class Body {
    private static final int CHUNK = 64 * 1024;

    /// What Content-Encoding may say.
    enum Encoding {
        IDENTITY,
        GZIP,
        ZSTD,
        SNAPPY;

        /// @throws io.meshtrail.http.ProblemException (415) if it is none of ours
        static Encoding of(@Nullable String header) {
            String name = header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
            return switch (name) {
                case "", "identity" -> IDENTITY;
                case "gzip", "x-gzip" -> GZIP;
                case "zstd" -> ZSTD;
                case "snappy" -> SNAPPY;
                default ->
                    throw Problem.of(
                                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                                    "The encoding is unknown",
                                    "Content-Encoding is \"" + name + "\"; known are identity, gzip, zstd, snappy")
                            .exception();
            };
        }
    }

    private Body() {}

    /// The plain bytes, never more than a limit: a small bomb must not become a large array.
    ///
    /// @throws io.meshtrail.http.ProblemException 413 if there are more, 400 if they are not what the
    ///     encoding says, 503 if there is no room for them now
    static byte[] plain(Encoding encoding, byte[] body, long limit, BodyRoom.Share share) {
        return switch (encoding) {
            case IDENTITY -> body;
            case SNAPPY -> snappy(body, limit, share);
            case GZIP, ZSTD -> {
                try (InputStream plain = open(encoding, body)) {
                    yield read(plain, limit, share);
                } catch (IOException broken) {
                    throw Problem.badRequest(
                                    "Nothing of the body can be read",
                                    "the body is no whole " + encoding.name().toLowerCase(Locale.ROOT) + ": "
                                            + broken.getMessage())
                            .exception();
                }
            }
        };
    }

    private static byte[] snappy(byte[] block, long limit, BodyRoom.Share share) {
        long length = Snappy.plainLength(block);
        if (length > limit) {
            throw tooLarge(limit);
        }
        share.grow(Math.max(0, length));
        try {
            if (length < 0) {
                throw new IOException("it does not say how long it is");
            }
            return Snappy.plain(block, (int) length);
        } catch (IOException broken) {
            throw Problem.badRequest(
                            "Nothing of the body can be read",
                            "the body is no whole snappy block: " + broken.getMessage())
                    .exception();
        }
    }

    private static ProblemException tooLarge(long limit) {
        return Problem.of(
                        HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                        "The body is too large",
                        "decompressed it has over " + limit + " bytes; nothing was stored")
                .exception();
    }

    private static InputStream open(Encoding encoding, byte[] body) throws IOException {
        InputStream bytes = new ByteArrayInputStream(body);
        return encoding == Encoding.GZIP ? new GZIPInputStream(bytes, CHUNK) : new ZstdInputStream(bytes);
    }

    private static byte[] read(InputStream plain, long limit, BodyRoom.Share share) throws IOException {
        byte[] bytes = new byte[CHUNK];
        share.grow(bytes.length);
        int size = 0;
        while (true) {
            int read = plain.read(bytes, size, bytes.length - size);
            if (read < 0) {
                return Arrays.copyOf(bytes, size);
            }
            size += read;
            if (size > limit) {
                throw tooLarge(limit);
            }
            if (size == bytes.length) {
                share.grow(bytes.length);
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
            }
        }
    }
}
