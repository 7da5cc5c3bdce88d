package io.meshtrail.ingest;

import io.grpc.ServerCall;
import io.grpc.Status;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Pushback;
import io.meshtrail.event.Receipt;
import io.meshtrail.reconcile.Reconciler;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.StreamDecoder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One stream of access logs. Messages are asked for one at a time while fewer bytes than the budget are
/// unacknowledged, so pressure reaches the proxy as flow control and nothing is dropped here. Decoding and
/// handing in happen off the event loop, one batch at a time: what arrives while a batch becomes durable is
/// the next batch.
final class AccessLogStream extends ServerCall.Listener<byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLogStream.class);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /// As [StreamDecoder#producer] before the first message.
    private static final String UNKNOWN = "unknown";

    static final String FORMAT = "envoy-als";

    private final AccessLogCall call;
    private final StreamDecoder decoder;
    private final String peer;
    private final Door door;
    private final int budget;
    private final Executor workers;

    private final Object lock = new Object();
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private long unacknowledged;
    private boolean asked;
    private boolean working;
    private boolean halfClosed;
    private boolean over;

    /// The producer, once known; touched by the worker and by the last callback alone.
    private Source source;

    /// What arrived on this stream, once its producer is known; ends with the stream.
    private Optional<Reconciler.Stream> tally = Optional.empty();

    AccessLogStream(AccessLogCall call, StreamDecoder decoder, String peer, Door door, int budget, Executor workers) {
        this.call = call;
        this.decoder = decoder;
        this.peer = peer;
        this.door = door;
        this.budget = budget;
        this.workers = workers;
        this.source = door.source(peer, FORMAT);
    }

    void start() {
        door.metrics().streams(1);
        source.opened();
        askIfRoom();
    }

    @Override
    public void onMessage(byte[] message) {
        synchronized (lock) {
            asked = false;
            waiting.add(message);
            unacknowledged += message.length;
        }
        door.metrics().unacknowledged(message.length);
        askIfRoom();
        workIfIdle();
    }

    @Override
    public void onHalfClose() {
        synchronized (lock) {
            halfClosed = true;
        }
        workIfIdle();
    }

    /// The proxy went away. What it had sent is still handed in.
    @Override
    public void onCancel() {
        end();
    }

    @Override
    public void onComplete() {
        end();
    }

    private void end() {
        synchronized (lock) {
            if (over) {
                return;
            }
            over = true;
            source.closed();
            tally.ifPresent(stream -> stream.ended(door.now()));
        }
        door.metrics().streams(-1);
    }

    private void askIfRoom() {
        synchronized (lock) {
            if (asked || over || halfClosed || unacknowledged >= budget) {
                return;
            }
            asked = true;
        }
        call.request();
    }

    private void workIfIdle() {
        synchronized (lock) {
            if (working) {
                return;
            }
            if (waiting.isEmpty()) {
                if (halfClosed && !over) {
                    call.close(Status.OK);
                }
                return;
            }
            working = true;
        }
        workers.execute(this::work);
    }

    private void work() {
        List<byte[]> messages;
        synchronized (lock) {
            messages = new ArrayList<>(waiting);
            waiting.clear();
        }
        long received = door.now();
        long bytes = 0;
        Batch batch = new Batch();
        for (byte[] message : messages) {
            bytes += message.length;
            List<Decoded> decoded = decode(message, received);
            recogniseProducer();
            door.pack(decoded, source, message, false, received, batch);
        }
        handIn(batch, bytes, received);
    }

    /// A decoder promises to take any bytes. If one breaks the promise, only the message is lost, and loudly.
    private List<Decoded> decode(byte[] message, long received) {
        try {
            return decoder.message(message, received);
        } catch (RuntimeException | StackOverflowError broken) {
            LOG.error("the decoder of a stream from {} failed on a message of {} bytes", peer, message.length, broken);
            return List.of(new Decoded.Rejection(1, "the decoder failed: " + broken));
        }
    }

    private void recogniseProducer() {
        String producer = decoder.producer();
        if (producer.equals(UNKNOWN) || producer.equals(source.id())) {
            return;
        }
        Source named = door.source(producer, FORMAT);
        named.introduced();
        synchronized (lock) {
            if (!over) {
                source.closed();
                named.opened();
            }
            source = named;
            if (tally.isEmpty()) {
                Reconciler.Stream opened = door.reconciler().open(producer, door.now());
                tally = Optional.of(opened);
                if (over) {
                    opened.ended(door.now());
                }
            }
        }
    }

    private void handIn(Batch batch, long bytes, long received) {
        CompletableFuture<?> _ = door.append(batch).whenComplete((answer, failure) -> {
            if (failure != null) {
                stopped(failure, bytes);
            } else {
                answered(answer, batch, bytes, received);
            }
        });
    }

    private void answered(EventSink.Answer answer, Batch batch, long bytes, long received) {
        switch (answer) {
            case Pushback pushback ->
                call.later(wait(pushback), () -> workers.execute(() -> handIn(batch, bytes, received)));
            case Receipt receipt -> {
                door.durable(batch, source, receipt, received);
                tally.ifPresent(stream -> stream.arrived(batch.records()));
                acknowledged(bytes);
                askIfRoom();
                workIfIdle();
            }
        }
    }

    private void acknowledged(long bytes) {
        synchronized (lock) {
            unacknowledged -= bytes;
            working = false;
        }
        door.metrics().unacknowledged(-bytes);
    }

    /// The ledger has stopped: the proxy is told, keeps what it has buffered, and comes again.
    private void stopped(Throwable failure, long bytes) {
        LOG.error("a batch of {} bytes from {} could not be stored", bytes, source.id(), failure);
        long abandoned;
        synchronized (lock) {
            abandoned = unacknowledged;
            unacknowledged = 0;
            waiting.clear();
        }
        door.metrics().unacknowledged(-abandoned);
        call.close(Status.UNAVAILABLE.withDescription("the ledger has stopped"));
    }

    private static Duration wait(Pushback pushback) {
        Duration asked = pushback.retryAfter();
        if (asked.compareTo(SHORTEST_WAIT) < 0) {
            return SHORTEST_WAIT;
        }
        return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }
}
