package io.meshtrail.demo.traffic;

import io.meshtrail.demo.cast.Case;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A connection that must be refused: in the handshake, or at the first bytes of data.
final class RefusedCall implements Call {
    private static final byte[] REQUEST =
            "GET /orders/list HTTP/1.1\r\nhost: orders\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Case which;
    private final Dialer dialer;

    RefusedCall(Case which, Dialer dialer) {
        this.which = which;
        this.dialer = dialer;
    }

    @Override
    public Case make() throws IOException {
        int read;
        try (Wire wire = dialer.dial()) {
            wire.write(REQUEST);
            read = wire.read(new byte[512]);
        } catch (java.net.ConnectException | java.net.SocketTimeoutException e) {
            throw new IOException("neither answered nor refused: " + e.getMessage(), e);
        } catch (IOException e) {
            // With TLS 1.3 the refusal may come in the handshake, at the write or at the read.
            return which;
        }
        if (read >= 0) {
            throw new IOException("let in: " + read + " bytes came back");
        }
        return which;
    }
}
