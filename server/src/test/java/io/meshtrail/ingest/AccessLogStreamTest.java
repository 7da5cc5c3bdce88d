package io.meshtrail.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.meshtrail.event.Field;
import io.meshtrail.event.Submission;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Streams of access logs from a real gRPC client.
final class AccessLogStreamTest {
    private final IngestFixture ingest = new IngestFixture();
    private final ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", ingest.port())
            .usePlaintext()
            .build();

    @AfterEach
    void close() {
        channel.shutdownNow();
        ingest.close();
    }

    @Test
    void messages_become_events_and_the_stream_stays_open() throws Exception {
        Stream stream = new Stream("StreamAccessLogs");
        stream.send("from sidecar-1\ndenied /a");
        stream.send("allowed /b\nallowed /c");
        ingest.sink.awaitStored(3);

        List<Submission> stored = ingest.sink.stored();
        assertThat(stored).extracting(Submission::producer).containsOnly("sidecar-1");
        assertThat(stored).allMatch(submission -> submission.identity() == null);
        assertThat(stored.getFirst().event().text(Field.PRODUCER_ID)).contains("sidecar-1");
        assertThat(stream.closed).isNotDone();
        assertThat(ingest.source("sidecar-1").openStreams()).isEqualTo(1);
        assertThat(ingest.source("127.0.0.1").openStreams()).isZero();
    }

    @Test
    void a_client_that_ends_is_answered_once_all_it_sent_is_durable() throws Exception {
        ingest.sink.hold();
        Stream stream = new Stream("StreamAccessLogs");
        stream.send("from sidecar-1\ndenied /a");
        stream.call.halfClose();
        ingest.sink.awaitStored(1);
        assertThat(stream.closed).isNotDone();
        ingest.sink.release();

        assertThat(stream.closed.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.OK);
        assertThat(stream.answers).isEqualTo(1);
    }

    @Test
    void a_ledger_that_does_not_acknowledge_stops_the_client_at_about_the_budget() throws Exception {
        ingest.sink.hold();
        Stream stream = new Stream("StreamAccessLogs");
        String message = "allowed /" + "x".repeat(4_000);
        stream.send("from sidecar-1");
        int sent = 0;
        while (stream.ready.tryAcquire(2, TimeUnit.SECONDS) && sent < 10_000) {
            while (stream.call.isReady() && sent < 10_000) {
                stream.send(message);
                sent++;
            }
        }
        // Three windows of 64 KiB: the budget, what the connection holds, what is on the way; and the
        // client's own.
        assertThat(sent * 4_009L).isBetween(64L * 1024, 1024L * 1024);

        ingest.sink.release();
        ingest.sink.awaitStored(sent);
        stream.call.halfClose();
        assertThat(stream.closed.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.OK);
        assertThat(ingest.sink.stored()).hasSize(sent);
    }

    @Test
    void pushback_keeps_the_batch_and_tries_again() throws Exception {
        ingest.sink.pushBack(5, Duration.ofMillis(10));
        Stream stream = new Stream("StreamAccessLogs");
        stream.send("from sidecar-1\ndenied /a");
        stream.send("denied /b");
        stream.call.halfClose();

        assertThat(stream.closed.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.OK);
        assertThat(ingest.sink.stored())
                .extracting(one -> one.event().text(Field.HTTP_PATH).orElseThrow())
                .containsExactly("/a", "/b");
    }

    @Test
    void what_a_cancelled_stream_had_sent_is_kept() throws Exception {
        ingest.sink.pushBack(3, Duration.ofMillis(30));
        Stream stream = new Stream("StreamAccessLogs");
        stream.send("from sidecar-1\ndenied /a");
        while (ingest.sink.pushbacksLeft() == 3) {
            Thread.onSpinWait();
        }
        stream.call.cancel("gone", null);
        ingest.sink.awaitStored(1);
        assertThat(stream.closed.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.CANCELLED);
    }

    @Test
    void garbage_in_a_stream_becomes_an_event_once_its_producer_is_known() throws Exception {
        Stream stream = new Stream("StreamAccessLogs");
        stream.send("from sidecar-1");
        stream.send("\u0000rubbish");
        stream.send("denied /a");
        ingest.sink.awaitStored(2);

        assertThat(reasons()).containsExactlyInAnyOrder("undecodable", "");
        assertThat(ingest.source("sidecar-1").rejected()).isEqualTo(1);
    }

    @Test
    void a_stream_that_never_says_who_it_is_is_counted_by_its_address() throws Exception {
        Stream stream = new Stream("StreamAccessLogs");
        stream.send("rubbish");
        stream.call.halfClose();
        assertThat(stream.closed.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.OK);

        assertThat(ingest.sink.stored()).isEmpty();
        assertThat(ingest.source("127.0.0.1").rejected()).isEqualTo(1);
    }

    @Test
    void a_decoder_that_breaks_loses_only_that_message() throws Exception {
        Stream stream = new Stream("StreamAccessLogs");
        stream.send("from sidecar-1");
        stream.send("break");
        stream.send("denied /a");
        ingest.sink.awaitStored(2);
        assertThat(reasons()).containsExactlyInAnyOrder("undecodable", "");
    }

    @Test
    void a_message_over_the_limit_ends_its_stream_alone() throws Exception {
        Stream good = new Stream("StreamAccessLogs");
        good.send("from good\ndenied /a");
        Stream bad = new Stream("StreamAccessLogs");
        bad.send("from bad\nallowed /" + "x".repeat(2 * 1024 * 1024));

        assertThat(bad.closed.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        good.send("denied /b");
        ingest.sink.awaitStored(2);
        assertThat(good.closed).isNotDone();
        assertThat(ingest.metrics
                        .get("meshtrail.ingest.oversized.messages")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_stopped_ledger_ends_the_stream_with_unavailable() throws Exception {
        ingest.sink.stop();
        Stream stream = new Stream("StreamAccessLogs");
        stream.send("from sidecar-1\ndenied /a");
        assertThat(stream.closed.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void another_service_is_unimplemented_in_clear_words() throws Exception {
        Stream stream = new Stream("opentelemetry.proto.collector.trace.v1.TraceService", "Export");
        stream.send("x");
        stream.call.halfClose();
        Status status = stream.closed.get(20, TimeUnit.SECONDS);
        assertThat(status.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(status.getDescription()).contains("TraceService/Export is not served here", "AccessLogService");
    }

    private List<String> reasons() {
        return ingest.sink.stored().stream()
                .map(one -> one.event().text(Field.REASON).orElse(""))
                .toList();
    }

    /// A client's end of a stream that sends whatever bytes it likes.
    private final class Stream extends ClientCall.Listener<byte[]> {
        final ClientCall<byte[], byte[]> call;
        final CompletableFuture<Status> closed = new CompletableFuture<>();
        final Semaphore ready = new Semaphore(0);
        int answers;

        Stream(String method) {
            this(AccessLogService.SERVICE, method);
        }

        Stream(String service, String method) {
            call = channel.newCall(
                    MethodDescriptor.newBuilder(RawBytes.MARSHALLER, RawBytes.MARSHALLER)
                            .setType(MethodDescriptor.MethodType.CLIENT_STREAMING)
                            .setFullMethodName(service + "/" + method)
                            .build(),
                    CallOptions.DEFAULT);
            call.start(this, new Metadata());
            call.request(2);
        }

        void send(String text) {
            call.sendMessage(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void onReady() {
            ready.release();
        }

        @Override
        public void onMessage(byte[] answer) {
            answers++;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            closed.complete(status);
        }
    }
}
