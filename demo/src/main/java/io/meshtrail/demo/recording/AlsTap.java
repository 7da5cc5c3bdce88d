package io.meshtrail.demo.recording;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Takes access logs in Meshtrail's place and writes them to a recording.
public final class AlsTap implements Closeable {
    private static final int LONGEST = 16 << 20;

    private final Server server;

    private AlsTap(Server server) {
        this.server = server;
    }

    /// Listens on a free loopback port.
    ///
    /// @throws IOException when it cannot
    public static AlsTap start(RecordingWriter writer) throws IOException {
        AtomicInteger streams = new AtomicInteger();
        ServerCallHandler<byte[], byte[]> handler = (call, headers) -> {
            int stream = streams.getAndIncrement();
            call.request(1);
            return new ServerCall.Listener<>() {
                @Override
                public void onMessage(byte[] message) {
                    writer.accessLogs(stream, message);
                    call.request(1);
                }

                @Override
                public void onHalfClose() {
                    call.close(Status.OK, new Metadata());
                }
            };
        };
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .maxInboundMessageSize(LONGEST)
                .addService(ServerServiceDefinition.builder(Als.SERVICE)
                        .addMethod(Als.METHOD, handler)
                        .build())
                .build()
                .start();
        return new AlsTap(server);
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return InetSocketAddress.createUnresolved("127.0.0.1", server.getPort());
    }

    /// Ends all streams; nothing is written afterwards.
    public void stop() {
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
