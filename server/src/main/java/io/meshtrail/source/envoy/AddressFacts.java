package io.meshtrail.source.envoy;

import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.ProtoReader;
import io.meshtrail.protobuf.Span;

/// Envoy's `Address`: an IP with a port, the path of a Unix socket, or an internal listener.
final class AddressFacts {
    private static final int SOCKET = 1 << 3 | ProtoReader.BYTES;
    private static final int PIPE = 2 << 3 | ProtoReader.BYTES;
    private static final int INTERNAL = 3 << 3 | ProtoReader.BYTES;

    /// The IP as text, the path, or the name of the internal listener.
    long host;

    /// The endpoint of an internal listener.
    long endpoint;

    /// 0 where there is none.
    int port;

    boolean internal;

    void clear() {
        host = Span.NONE;
        endpoint = Span.NONE;
        port = 0;
        internal = false;
    }

    void read(ProtoReader address) throws MalformedBytesException {
        while (address.next()) {
            switch (address.key()) {
                case SOCKET -> readSocket(address.message());
                case PIPE -> readPipe(address.message());
                case INTERNAL -> readInternal(address.message());
                default -> {}
            }
        }
    }

    private void readSocket(ProtoReader socket) throws MalformedBytesException {
        internal = false;
        while (socket.next()) {
            switch (socket.key()) {
                case 2 << 3 | ProtoReader.BYTES -> host = socket.span();
                case 3 << 3 | ProtoReader.VARINT -> port = Math.clamp(socket.number(), 0, 65_535);
                default -> {}
            }
        }
    }

    private void readPipe(ProtoReader pipe) throws MalformedBytesException {
        internal = false;
        while (pipe.next()) {
            if (pipe.key() == (1 << 3 | ProtoReader.BYTES)) {
                host = pipe.span();
            }
        }
    }

    private void readInternal(ProtoReader listener) throws MalformedBytesException {
        internal = true;
        while (listener.next()) {
            switch (listener.key()) {
                case 1 << 3 | ProtoReader.BYTES -> host = listener.span();
                case 2 << 3 | ProtoReader.BYTES -> endpoint = listener.span();
                default -> {}
            }
        }
    }
}
