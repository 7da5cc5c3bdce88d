package io.meshtrail.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.meshtrail.counter.Readings;
import io.meshtrail.event.Reason;
import io.meshtrail.reconcile.Gap;
import io.meshtrail.source.MetricDecoder;
import io.meshtrail.source.envoy.EnvoyMetricStream;
import io.meshtrail.source.otlp.OtlpMetricDecoder;
import io.meshtrail.source.prometheus.RemoteWriteDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The proxies' counters, by every way that they come: a drop that was counted becomes a gap.
final class MetricsTest {
    private static final String WRITTEN = "access_logs.grpc_access_log.logs_written";
    private static final String DROPPED = "access_logs.grpc_access_log.logs_dropped";

    private final IngestFixture ingest = new IngestFixture();

    @AfterEach
    void close() {
        ingest.close();
    }

    /// Only who logs here can lose something here.
    private void heard(String producer) {
        ingest.reconciler.open(producer, IngestFixture.NOW).arrived(1);
    }

    private List<Gap> gaps() {
        return ingest.reconciler.settle(IngestFixture.NOW);
    }

    private void told(List<Gap> gaps, String proxy, long lost) {
        assertThat(gaps).hasSize(1);
        assertThat(gaps.getFirst().proxy()).isEqualTo(proxy);
        assertThat(gaps.getFirst().lost()).isEqualTo(lost);
        assertThat(gaps.getFirst().reason()).isEqualTo(Reason.DROPPED_BY_PROXY);
        assertThat(gaps.getFirst().event().attributes()).containsEntry("lost", Long.toString(lost));
    }

    @Test
    void prometheusWritesVersionOne() throws Exception {
        heard("web-1.shop");
        assertThat(write(series(DROPPED, 3)).status()).isEqualTo(204);
        IngestFixture.Answer answer = write(series(DROPPED, 8), series("up", 1));
        assertThat(answer.header("x-prometheus-remote-write-samples-written")).isEqualTo("2");
        told(gaps(), "web-1.shop", 5);
        assertThat(ingest.reconciler.readings()).isEqualTo(2);
        assertThat(ingest.reconciler.others()).isEqualTo(1);
    }

    @Test
    void whoSendsCountersAndNoLogLosesNothingHere() throws Exception {
        write(series(DROPPED, 3));
        write(series(DROPPED, 8));
        assertThat(gaps()).isEmpty();
    }

    @Test
    void prometheusWritesVersionTwo() throws Exception {
        heard("web-1.shop");
        assertThat(post(symbols(3)).status()).isEqualTo(204);
        assertThat(post(symbols(4)).status()).isEqualTo(204);
        told(gaps(), "web-1.shop", 1);
    }

    @Test
    void whatIsNoSnappyBlockOrNoRequestIsRefused() throws Exception {
        assertThat(ingest.post("/api/v1/write", "xxxxxx", "Content-Encoding", "snappy")
                        .status())
                .isEqualTo(400);
        assertThat(post(new byte[] {10, 100}).status()).isEqualTo(400);
        // Says that it is larger than a body may be.
        byte[] bomb = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F, 0, 0};
        assertThat(ingest.post("/api/v1/write", bomb, "Content-Encoding", "snappy")
                        .status())
                .isEqualTo(413);
        assertThat(ingest.get("/api/v1/write").status()).isEqualTo(405);
    }

    @Test
    void collectorsSendMetricsInBothEncodings() throws Exception {
        heard("web-1.shop");
        heard("edge");
        assertThat(ingest.post("/v1/metrics", json(10)).body()).isEqualTo("{}");
        assertThat(ingest.post("/v1/metrics", json(12)).status()).isEqualTo(200);
        told(gaps(), "web-1.shop", 2);
        byte[] protobuf = message(
                1,
                message(1, message(1, pair("node_name", "edge"))),
                message(2, message(2, message(1, utf8(DROPPED)), message(7, point(7), new byte[] {16, 2}))));
        assertThat(ingest.post("/v1/metrics", protobuf).header("content-type")).isEqualTo("application/x-protobuf");
        byte[] more = message(
                1,
                message(1, message(1, pair("node_name", "edge"))),
                message(2, message(2, message(1, utf8(DROPPED)), message(7, point(9), new byte[] {16, 2}))));
        ingest.post("/v1/metrics", more);
        told(gaps(), "edge", 2);
        assertThat(ingest.post("/v1/metrics", "{\"resourceLogs\":[]}").status()).isEqualTo(400);
    }

    @Test
    void anEnvoyStreamsItsMetricsAndNamesItselfOnce() throws Exception {
        heard("sidecar~10.0.0.1~web-1.shop~shop.svc");
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", ingest.port())
                .usePlaintext()
                .build();
        CompletableFuture<Status> closed = new CompletableFuture<>();
        ClientCall<byte[], byte[]> call = channel.newCall(
                MethodDescriptor.newBuilder(RawBytes.MARSHALLER, RawBytes.MARSHALLER)
                        .setType(MethodDescriptor.MethodType.CLIENT_STREAMING)
                        .setFullMethodName(MetricsService.SERVICE + "/StreamMetrics")
                        .build(),
                CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        closed.complete(status);
                    }
                },
                new Metadata());
        call.request(2);
        byte[] node = message(1, message(1, message(1, utf8("sidecar~10.0.0.1~web-1.shop~shop.svc"))));
        call.sendMessage(joined(node, family(1)));
        call.sendMessage(family(4));
        call.halfClose();
        assertThat(closed.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.OK);
        // The answer may overtake the last message, which is read off the event loop.
        while (ingest.reconciler.readings() < 2) {
            Thread.onSpinWait();
        }
        told(gaps(), "web-1.shop", 3);
        channel.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(longs = {20_261_124L})
    void anyBytesGiveReadingsOrComplaints(long seed) {
        Random random = new Random(seed);
        List<byte[]> samples = List.of(
                joined(series(WRITTEN, 5), series(DROPPED, 1)),
                symbols(5),
                joined(message(1, message(1, message(1, utf8("a")))), family(3)),
                json(3).getBytes(StandardCharsets.UTF_8),
                message(1, message(2, message(2, message(1, utf8(DROPPED)), message(7, point(7))))));
        List<MetricDecoder> decoders = List.of(new OtlpMetricDecoder(), new RemoteWriteDecoder());
        long kept = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = samples.get(random.nextInt(samples.size())).clone();
            for (int i = random.nextInt(4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            }
            for (MetricDecoder decoder : decoders) {
                kept += check(decoder.decode(bytes, random.nextBoolean() ? "peer" : ""));
            }
            kept += check(new EnvoyMetricStream().message(bytes));
        }
        assertThat(kept).as("seed " + seed).isGreaterThan(5_000);
    }

    private static int check(Readings readings) {
        assertThat(readings.kept())
                .allMatch(reading -> reading.value() >= 0 && !reading.proxy().isEmpty());
        assertThat(readings.complaints()).noneMatch(String::isBlank);
        return readings.kept().size();
    }

    private static String json(int value) {
        return ("{'resourceMetrics':[{'resource':{'attributes':[{'key':'k8s.pod.name','value':{'stringValue':'web-1'}},"
                        + "{'key':'k8s.namespace.name','value':{'stringValue':'shop'}}]},'scopeMetrics':[{'metrics':["
                        + "{'name':'" + DROPPED + "','sum':{'aggregationTemporality':2,'dataPoints':[{'asInt':'" + value
                        + "','timeUnixNano':'1'}]}}]}]}]}")
                .replace('\'', '"');
    }

    private IngestFixture.Answer write(byte[]... series) throws Exception {
        return post(joined(series));
    }

    private IngestFixture.Answer post(byte[] plain) throws Exception {
        ByteBuf in = Unpooled.wrappedBuffer(plain);
        ByteBuf out = Unpooled.buffer();
        new io.netty.handler.codec.compression.Snappy().encode(in, out, plain.length);
        return ingest.post("/api/v1/write", ByteBufUtil.getBytes(out), "Content-Encoding", "snappy");
    }

    private static byte[] series(String name, double value) {
        return message(
                1,
                message(1, label("__name__", "envoy_" + name.replace('.', '_'))),
                message(1, label("pod", "web-1")),
                message(1, label("namespace", "shop")),
                message(2, fixed(1, Double.doubleToLongBits(value)), new byte[] {16, 1}));
    }

    private static byte[] symbols(double value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String symbol : List.of("", "__name__", DROPPED, "pod", "web-1", "namespace", "shop")) {
            out.writeBytes(message(4, utf8(symbol)));
        }
        out.writeBytes(message(
                5,
                message(1, new byte[] {1, 2, 3, 4, 5, 6}),
                message(2, fixed(1, Double.doubleToLongBits(value)), new byte[] {16, 1})));
        return out.toByteArray();
    }

    private static byte[] family(double value) {
        return message(
                2,
                message(1, utf8(DROPPED)),
                message(4, message(3, fixed(1, Double.doubleToLongBits(value))), new byte[] {48, 1}));
    }

    private static byte[] point(long value) {
        return message(1, fixed(3, 1), fixed(6, value));
    }

    private static byte[] label(String name, String value) {
        return joined(message(1, utf8(name)), message(2, utf8(value)));
    }

    private static byte[] pair(String key, String value) {
        return joined(message(1, utf8(key)), message(2, message(1, utf8(value))));
    }

    private static byte[] fixed(int field, long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(field << 3 | 1);
        for (int i = 0; i < Long.BYTES; i++) {
            out.write((int) (value >>> Byte.SIZE * i));
        }
        return out.toByteArray();
    }

    private static byte[] message(int field, byte[]... parts) {
        byte[] inner = joined(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(field << 3 | 2);
        int rest = inner.length;
        while (rest > 0x7F) {
            out.write(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        out.writeBytes(inner);
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
