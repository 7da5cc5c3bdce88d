package io.meshtrail.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A body that is sent while it is made, no faster than its reader takes it. One thread writes.
final class StreamedAnswer extends OutputStream {
    private static final int PIECE = 32 * 1024;

    /// A reader that takes nothing for so long is taken for gone.
    private static final long PATIENCE_SECONDS = 30;

    private final HttpResponseWriter response = HttpResponse.streaming();
    private final byte[] piece = new byte[PIECE];
    private int filled;

    StreamedAnswer(ResponseHeaders headers) {
        response.write(headers);
    }

    /// What is to be given to the server, before the first write.
    HttpResponse response() {
        return response;
    }

    @Override
    public void write(int b) throws IOException {
        if (filled == PIECE) {
            flush();
        }
        piece[filled++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (filled == PIECE) {
                flush();
            }
            int more = Math.min(PIECE - filled, end - at);
            System.arraycopy(bytes, at, piece, filled, more);
            filled += more;
            at += more;
        }
    }

    /// Sends what is collected and waits until the reader has taken it.
    ///
    /// @throws ReaderGoneException if there is no reader any more
    @Override
    public void flush() throws IOException {
        if (filled == 0) {
            return;
        }
        boolean sent = response.tryWrite(HttpData.wrap(Arrays.copyOf(piece, filled)));
        filled = 0;
        try {
            if (!sent) {
                throw new ReaderGoneException("the reader is gone");
            }
            response.whenConsumed().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException gone) {
            throw new ReaderGoneException("the reader takes no more");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    /// Ends the body in order.
    @Override
    public void close() throws IOException {
        flush();
        response.close();
    }

    /// Breaks the body off, so that its reader sees that it has no end.
    void breakOff() {
        response.abort();
    }
}
