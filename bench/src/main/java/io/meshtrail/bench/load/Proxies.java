package io.meshtrail.bench.load;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.meshtrail.bench.traffic.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// All sidecars of the made-up mesh, each with a connection and a stream of its own. As Envoy does, a sidecar
/// sends when it has gathered 16 KiB, or when it is told that its flush interval is over. For one thread.
public final class Proxies implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Traffic traffic;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<ProxyStream> streams = new ArrayList<>();

    /// @param ingest `host:port`
    public Proxies(String ingest, Traffic traffic) {
        this.traffic = traffic;
        for (int i = 0; i < traffic.streams(); i++) {
            ManagedChannel channel =
                    NettyChannelBuilder.forTarget(ingest).usePlaintext().build();
            channels.add(channel);
            streams.add(new ProxyStream(channel));
        }
    }

    /// Lets one call happen now, and sends what is due.
    ///
    /// @return the stream that reports it
    public int call() throws InterruptedException {
        return call(WallClock.nanos());
    }

    /// Lets one call happen at some time, and sends what is due.
    ///
    /// @param time nanoseconds since 1970
    /// @return the stream that reports it
    public int call(long time) throws InterruptedException {
        int stream = traffic.call(time);
        if (traffic.gathered(stream) >= BUFFER_BYTES) {
            flush(stream);
        }
        return stream;
    }

    /// Lets one call happen now and sends it at once.
    ///
    /// @return its request id
    public String callAndFlush() throws InterruptedException {
        int stream = traffic.call(WallClock.nanos());
        String requestId = traffic.requestId();
        flush(stream);
        return requestId;
    }

    /// Sends what all have gathered.
    public void flush() throws InterruptedException {
        for (int stream = 0; stream < streams.size(); stream++) {
            flush(stream);
        }
    }

    private void flush(int stream) throws InterruptedException {
        if (traffic.gathered(stream) > 0) {
            streams.get(stream).send(traffic.message(stream));
        }
    }

    /// Sends the rest and returns when the server has made everything durable.
    public void finish() throws InterruptedException {
        flush();
        streams.forEach(ProxyStream::finish);
        for (ProxyStream stream : streams) {
            stream.awaitClosed();
        }
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        try {
            for (ManagedChannel channel : channels) {
                channel.awaitTermination(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
