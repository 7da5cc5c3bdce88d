package io.meshtrail.acceptance;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One stream of access logs over real gRPC, on a connection of its own, that heeds flow control as Envoy
/// does: while the server asks for nothing more, it waits. Messages are plain bytes, so that broken ones can
/// be sent too.
final class AlsStream implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private static final MethodDescriptor<byte[], byte[]> METHOD = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.CLIENT_STREAMING)
            .setFullMethodName("envoy.service.accesslog.v3.AccessLogService/StreamAccessLogs")
            .setRequestMarshaller(BYTES)
            .setResponseMarshaller(BYTES)
            .build();

    private final ManagedChannel channel;
    private final ClientCall<byte[], byte[]> call;
    private final Object turn = new Object();
    private Optional<Status> ended = Optional.empty();

    private AlsStream(ManagedChannel channel) {
        this.channel = channel;
        this.call = channel.newCall(METHOD, CallOptions.DEFAULT);
    }

    static AlsStream open(InetSocketAddress ingest) {
        ManagedChannel channel = NettyChannelBuilder.forAddress(ingest.getHostString(), ingest.getPort())
                .usePlaintext()
                .build();
        AlsStream stream = new AlsStream(channel);
        stream.call.start(stream.new Answers(), new Metadata());
        // Without asking for an answer its end is not told either.
        stream.call.request(2);
        return stream;
    }

    /// Sends a message as soon as the stream takes one.
    ///
    /// @return whether it was sent; if not, the stream has ended
    boolean send(byte[] message) {
        if (!await(() -> call.isReady())) {
            return false;
        }
        call.sendMessage(message);
        return true;
    }

    /// Ends the stream in order: afterwards all that was sent is durable.
    Status finish() {
        call.halfClose();
        await(() -> false);
        synchronized (turn) {
            return ended.orElseThrow();
        }
    }

    private interface Condition {
        boolean holds();
    }

    private boolean await(Condition condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        synchronized (turn) {
            while (ended.isEmpty() && !condition.holds()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("the stream neither went on nor ended in a minute");
                }
                try {
                    turn.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError(e);
                }
            }
            return ended.isEmpty();
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private final class Answers extends ClientCall.Listener<byte[]> {
        @Override
        public void onReady() {
            synchronized (turn) {
                turn.notifyAll();
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            synchronized (turn) {
                ended = Optional.of(status);
                turn.notifyAll();
            }
        }
    }
}
