package io.meshtrail.demo.recording;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.meshtrail.demo.cast.Case;
import io.meshtrail.demo.cast.Tally;
import io.meshtrail.demo.policy.AuditEvent;
import io.meshtrail.demo.policy.AuditSink;
import java.io.Closeable;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Plays a recording to Meshtrail over gRPC and HTTP, at its own pace, round after round.
public final class Player implements Closeable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Recording recording;
    private final AuditSink audit;
    private final Tally tally;
    private final ManagedChannel channel;
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final ExecutorService posts =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private volatile boolean stopping;

    public Player(Recording recording, InetSocketAddress ingest, AuditSink audit, Tally tally) {
        this.recording = recording;
        this.audit = audit;
        this.tally = tally;
        this.channel = NettyChannelBuilder.forAddress(ingest.getHostString(), ingest.getPort())
                .usePlaintext()
                .build();
    }

    /// Plays until stopped, or until that many rounds are over; counts the recorded calls at the end of each.
    public void play(int rounds) throws InterruptedException {
        for (int round = 0; round < rounds && !stopping; round++) {
            round();
        }
    }

    private void round() throws InterruptedException {
        // Whole seconds: a start time keeps its part below the second, which needs no more bytes than it had.
        long behind = Duration.between(recording.start(), Instant.now()).toMillis();
        Duration shift = Duration.ofSeconds(Math.ceilDiv(behind, 1000));
        byte[] mask = new byte[32];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) ThreadLocalRandom.current().nextInt(16);
        }
        Freshening freshening = new Freshening(shift.toSeconds(), mask);
        for (Frame frame : recording.frames()) {
            Instant due = recording.start().plus(shift).plusMillis(frame.millis());
            while (!stopping && Instant.now().isBefore(due)) {
                LockSupport.parkNanos(Duration.between(Instant.now(), due).toNanos());
            }
            if (stopping) {
                return;
            }
            switch (frame.kind()) {
                case ACCESS_LOGS -> send(frame, freshening.apply(frame.bytes()));
                case AUDIT -> {
                    String body = AuditFreshening.apply(frame.bytes(), shift);
                    String cluster = frame.stream() == 0 ? "east" : "west";
                    posts.execute(() -> audit.accept(new AuditEvent(cluster, "of the recording", body)));
                }
                case TALLY -> count(frame);
            }
        }
    }

    private void count(Frame frame) {
        Map<String, Long> made = JSON.readValue(frame.bytes(), new TypeReference<Map<String, Long>>() {});
        made.forEach((label, calls) -> Case.ofLabel(label).ifPresent(which -> tally.made(which, calls)));
    }

    private void send(Frame frame, byte[] message) throws InterruptedException {
        Stream stream = streams.get(frame.stream());
        if (stream == null || stream.isClosed()) {
            // As Envoy does: a new stream begins with the identifier, which only the first message of the old
            // one had.
            boolean again = stream != null;
            stream = new Stream(channel);
            streams.put(frame.stream(), stream);
            if (again) {
                System.err.println("stream " + frame.stream() + " was ended by the other side; it begins anew");
                message = withIdentifier(frame, message);
            }
        }
        stream.send(message);
    }

    private byte[] withIdentifier(Frame frame, byte[] message) {
        byte[] first = recording.frames().stream()
                .filter(other -> other.kind() == Frame.Kind.ACCESS_LOGS && other.stream() == frame.stream())
                .findFirst()
                .map(Frame::bytes)
                .orElse(new byte[0]);
        byte[] identifier = Freshening.identifier(first);
        byte[] whole = java.util.Arrays.copyOf(identifier, identifier.length + message.length);
        System.arraycopy(message, 0, whole, identifier.length, message.length);
        return whole;
    }

    /// Ends the round under way.
    public void stop() {
        stopping = true;
    }

    @Override
    public void close() {
        stopping = true;
        streams.values().forEach(Stream::halfClose);
        posts.shutdown();
        try {
            posts.awaitTermination(5, TimeUnit.SECONDS);
            channel.shutdown();
            if (!channel.awaitTermination(2, TimeUnit.SECONDS)) {
                channel.shutdownNow();
            }
        } catch (InterruptedException e) {
            channel.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /// One gRPC stream, which waits while the other side wants no more.
    private static final class Stream extends ClientCall.Listener<byte[]> {
        private final ClientCall<byte[], byte[]> call;
        private boolean closed;

        Stream(ManagedChannel channel) {
            call = channel.newCall(Als.METHOD, CallOptions.DEFAULT.withWaitForReady());
            call.start(this, new Metadata());
            call.request(1);
        }

        synchronized void send(byte[] message) throws InterruptedException {
            while (!call.isReady() && !closed) {
                wait(1000);
            }
            if (!closed) {
                call.sendMessage(message);
            }
        }

        synchronized void halfClose() {
            if (!closed) {
                call.halfClose();
            }
        }

        synchronized boolean isClosed() {
            return closed;
        }

        @Override
        public synchronized void onReady() {
            notifyAll();
        }

        @Override
        public synchronized void onClose(Status status, Metadata trailers) {
            closed = true;
            notifyAll();
        }
    }
}
