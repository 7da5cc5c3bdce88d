package io.meshtrail.demo.traffic;

import io.meshtrail.demo.cast.Case;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A database connection of its own for each call: some bytes there, the same bytes back.
final class EchoCall implements Call {
    private static final byte[] STATEMENT = "INSERT INTO ledger VALUES (42)\n".getBytes(StandardCharsets.US_ASCII);

    private final Case which;
    private final Dialer dialer;

    EchoCall(Case which, Dialer dialer) {
        this.which = which;
        this.dialer = dialer;
    }

    @Override
    public Case make() throws IOException {
        try (Wire wire = dialer.dial()) {
            wire.write(STATEMENT);
            byte[] back = new byte[STATEMENT.length];
            int got = 0;
            while (got < back.length) {
                int read = wire.read(new byte[back.length - got]);
                if (read < 0) {
                    throw new IOException("the database ended the connection after " + got + " bytes");
                }
                got += read;
            }
        }
        return which;
    }
}
