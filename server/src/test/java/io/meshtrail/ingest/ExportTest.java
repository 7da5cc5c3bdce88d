package io.meshtrail.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.meshtrail.event.Submission;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// OTLP from the exporter's side, over gRPC and HTTP.
final class ExportTest {
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
    void an_export_is_answered_once_it_is_durable_and_counted_for_each_producer() throws Exception {
        ingest.sink.hold();
        Call call = new Call("from web-1\ndenied /a\nallowed /b\nfrom web-2\nallowed /c");
        call.call.halfClose();
        ingest.sink.awaitStored(3);
        assertThat(call.closed).isNotDone();
        ingest.sink.release();

        assertThat(call.closed.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.OK);
        assertThat(call.answer.get()).isEmpty();
        assertThat(ingest.sink.stored()).extracting(Submission::producer).containsExactly("web-1", "web-1", "web-2");
        assertThat(ingest.source("web-1").accepted()).isEqualTo(2);
        assertThat(ingest.source("web-2").accepted()).isEqualTo(1);
    }

    @Test
    void a_caller_that_never_ends_its_side_is_answered_all_the_same() throws Exception {
        Call call = new Call("from web-1\ndenied /a");

        assertThat(call.closed.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.OK);
        assertThat(ingest.sink.stored()).hasSize(1);
    }

    @Test
    void what_was_not_understood_is_told_and_kept() throws Exception {
        Call call = new Call("from web-1\nallowed /a\nrubbish\nmore rubbish");

        assertThat(call.closed.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.OK);
        byte[] answer = call.answer.get();
        String message = "2: no word of this format: rubbish; 3: no word of this format: more rubbish";
        // partial_success = 1 { rejected = 1, error_message = 2 }
        assertThat(answer).startsWith(10, message.length() + 4, 8, 2, 18, message.length());
        assertThat(new String(answer, 6, answer.length - 6, StandardCharsets.UTF_8))
                .isEqualTo(message);
        assertThat(ingest.sink.stored()).hasSize(3);
        assertThat(ingest.source("web-1").gaps()).isEqualTo(2);
    }

    @Test
    void nothing_understood_is_an_invalid_argument_and_no_room_is_unavailable() throws Exception {
        assertThat(new Call("rubbish").closed.get(20, TimeUnit.SECONDS).getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        ingest.sink.pushBack(1, Duration.ofMillis(20));
        Status status = new Call("allowed /a").closed.get(20, TimeUnit.SECONDS);
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).contains("nothing was stored");
        assertThat(ingest.sink.stored()).isEmpty();
    }

    @Test
    void a_call_without_a_message_and_a_stopped_ledger_are_told() throws Exception {
        Call call = new Call();
        call.call.halfClose();
        assertThat(call.closed.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        ingest.sink.stop();
        assertThat(new Call("allowed /a").closed.get(20, TimeUnit.SECONDS).getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void http_answers_in_the_encoding_of_the_export() throws Exception {
        IngestFixture.Answer protobuf = ingest.post("/v1/logs", "from web-1\nallowed /a", "Content-Type", "text/x");
        IngestFixture.Answer json = ingest.post("/v1/logs", "{from web-1\nallowed /b\nrubbish");

        assertThat(protobuf.status()).isEqualTo(200);
        assertThat(protobuf.header("content-type")).isEqualTo("application/x-protobuf");
        assertThat(protobuf.body()).isEmpty();
        assertThat(json.header("content-type")).isEqualTo("application/json");
        assertThat(json.body())
                .isEqualTo("{\"partialSuccess\":{\"rejectedLogRecords\":\"1\","
                        + "\"errorMessage\":\"2: no word of this format: rubbish\"}}");
    }

    @Test
    void an_export_that_is_sent_again_is_stored_once() throws Exception {
        ingest.post("/v1/logs", "from web-1\nallowed /a");
        ingest.post("/v1/logs", "from web-1\nallowed /a");

        assertThat(ingest.sink.stored()).hasSize(1);
        assertThat(ingest.source("web-1").duplicate()).isEqualTo(1);
    }

    @Test
    void http_takes_gzip_and_hints_and_tells_what_is_wrong() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("allowed /a".getBytes(StandardCharsets.UTF_8));
        }
        IngestFixture.Answer taken =
                ingest.post("/v1/logs?cluster=east&observer=edge", bytes.toByteArray(), "Content-Encoding", "gzip");
        assertThat(taken.status()).isEqualTo(200);
        assertThat(ingest.sink.stored().getFirst().producer()).isEqualTo("edge");

        assertThat(ingest.post("/v1/logs", "rubbish").status()).isEqualTo(400);
        assertThat(ingest.post("/v1/logs?wait=published", "allowed /a").status())
                .isEqualTo(400);
        assertThat(ingest.get("/v1/logs").status()).isEqualTo(405);
        ingest.sink.pushBack(1, Duration.ofSeconds(2));
        IngestFixture.Answer pushedBack = ingest.post("/v1/logs", "allowed /b");
        assertThat(pushedBack.status()).isEqualTo(503);
        assertThat(pushedBack.header("retry-after")).isEqualTo("2");
    }

    /// A call of the export, which sends and does not end its side.
    private final class Call extends ClientCall.Listener<byte[]> {
        final CompletableFuture<Status> closed = new CompletableFuture<>();
        final CompletableFuture<byte[]> answer = new CompletableFuture<>();
        final ClientCall<byte[], byte[]> call = channel.newCall(
                MethodDescriptor.newBuilder(RawBytes.MARSHALLER, RawBytes.MARSHALLER)
                        .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                        .setFullMethodName(ExportService.LOGS + "/Export")
                        .build(),
                CallOptions.DEFAULT);

        Call(String... messages) {
            call.start(this, new Metadata());
            call.request(2);
            for (String message : messages) {
                call.sendMessage(message.getBytes(StandardCharsets.UTF_8));
            }
        }

        @Override
        public void onMessage(byte[] message) {
            answer.complete(message);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            closed.complete(status);
        }
    }
}
