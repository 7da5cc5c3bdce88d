package io.meshtrail.segment;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.Hash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// Events for tests: ordinary ones from a seed, and the ones that every storage format has once got wrong.
public final class SampleEvents {
    public static final long BASE = 1_795_528_800_000_000_000L;

    private SampleEvents() {}

    /// An ordinary request, a function of the seed and its place alone.
    public static AuditEvent request(long seed, long place) {
        Random random = new Random(seed * 1_000_003 + place);
        int source = random.nextInt(300);
        int destination = random.nextInt(300);
        byte[] trace = new byte[16];
        random.nextBytes(trace);
        AuditEvent.Builder event = AuditEvent.builder()
                .kind(Kind.REQUEST)
                .outcome(place % 50 == 0 ? Outcome.DENIED : Outcome.ALLOWED)
                .number(Field.TIME, BASE + place * 1_000_000 + random.nextInt(1_000_000_000))
                .number(Field.RECEIVED, BASE + 2_000_000_000L + place * 1_000_000)
                .text(Field.MESH, "istio")
                .text(Field.CLUSTER, "cluster-" + random.nextInt(3))
                .text(Field.OBSERVER_NAME, "service-" + destination + "-" + random.nextInt(4))
                .text(Field.OBSERVER_SIDE, "server")
                .text(Field.SOURCE_WORKLOAD, "service-" + source + "-7d9f8b6c5-x" + random.nextInt(4))
                .text(Field.SOURCE_NAMESPACE, "shop")
                .text(Field.SOURCE_SERVICE, "service-" + source)
                .text(Field.SOURCE_IDENTITY, "spiffe://cluster.local/ns/shop/sa/service-" + source)
                .text(Field.SOURCE_VERIFIED, "mtls")
                .text(Field.SOURCE_ADDRESS, "10.0." + source % 256 + "." + random.nextInt(256))
                .number(Field.SOURCE_PORT, 32_768 + random.nextInt(28_000))
                .text(Field.DESTINATION_WORKLOAD, "service-" + destination)
                .text(Field.DESTINATION_NAMESPACE, "shop")
                .text(Field.DESTINATION_SERVICE, "service-" + destination)
                .text(Field.DESTINATION_IDENTITY, "spiffe://cluster.local/ns/shop/sa/service-" + destination)
                .text(Field.DESTINATION_VERIFIED, "mtls")
                .text(Field.DESTINATION_ADDRESS, "10.1." + destination % 256 + ".7")
                .number(Field.DESTINATION_PORT, 8_080)
                .text(Field.HTTP_METHOD, random.nextInt(4) == 0 ? "POST" : "GET")
                .text(Field.HTTP_HOST, "service-" + destination + ".shop.svc.cluster.local")
                .text(Field.HTTP_PATH, "/api/v1/items/" + random.nextInt(100_000) + "/detail")
                .text(Field.HTTP_PROTOCOL, "HTTP/2")
                .number(Field.HTTP_STATUS, 200)
                .number(Field.DURATION, random.nextInt(500_000_000))
                .number(Field.BYTES_IN, random.nextInt(2_000))
                .number(Field.BYTES_OUT, random.nextInt(20_000))
                .text(Field.REQUEST_ID, new java.util.UUID(random.nextLong(), random.nextLong()).toString())
                .text(Field.TRACE_ID, HexFormat.of().formatHex(trace))
                .text(Field.TLS_VERSION, "TLSv1.3")
                .text(Field.TLS_SNI, "outbound_.8080_._.service-" + destination + ".shop.svc.cluster.local")
                .text(Field.UPSTREAM_CLUSTER, "inbound|8080||")
                .text(Field.USER_AGENT, "client/" + random.nextInt(20))
                .attribute("route", "default")
                .attribute("revision", "r" + random.nextInt(3));
        if (place % 3 == 0) {
            event.texts(Field.TLS_PEER_SAN, List.of("spiffe://cluster.local/ns/shop/sa/service-" + source));
        }
        return event.build();
    }

    /// Ordinary requests that follow each other.
    public static List<AuditEvent> requests(long seed, long first, int count) {
        List<AuditEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(request(seed, first + i));
        }
        return events;
    }

    /// Entries whose values are hard to keep, decoded exactly.
    public static List<AuditEvent> traps() {
        String received = "\"received\":\"2026-11-24T13:36:30.123456789Z\"";
        String longText = "x".repeat(30_000) + "\u00e9".repeat(15_000);
        return List.of(
                entry("{" + received + ",\"v\":1}"),
                entry("{\"detail\":\"\"," + received + ",\"v\":1}"),
                entry("{\"detail\":\"a\\u0000b\"," + received + ",\"v\":1}"),
                entry("{\"detail\":\"\\u0000\"," + received + ",\"v\":1}"),
                entry("{\"detail\":\"\u2028\u2029\ufeff\"," + received + ",\"v\":1}"),
                entry("{\"detail\":\"e\u0301\u00e9 \ud83d\ude00 \u007f\u0080\"," + received + ",\"v\":1}"),
                entry("{\"detail\":\"\\\"quoted\\\" \\\\ 'single' back`tick; DROP\"," + received + ",\"v\":1}"),
                entry("{\"detail\":\"\\b\\t\\n\\f\\r\\u0001\\u001f\\u000b\"," + received + ",\"v\":1}"),
                entry("{\"http.path\":\"" + longText + "\"," + received + ",\"v\":1}"),
                entry("{\"raw\":\"{\\\"n\\\":1e21,\\\"m\\\":12345678901234567890,\\\"a\\\":[]}\"," + received
                        + ",\"v\":1}"),
                entry("{\"bytes.in\":9007199254740991,\"bytes.out\":0," + received + ",\"v\":1}"),
                entry("{" + received + ",\"time\":\"1677-09-21T00:12:44.000000001Z\",\"v\":1}"),
                entry("{" + received + ",\"time\":\"2262-04-11T23:47:16.854775807Z\",\"v\":1}"),
                entry("{" + received + ",\"time\":\"1969-12-31T23:59:59.999999999Z\",\"v\":1}"),
                entry("{" + received + ",\"tls.peer_san\":[],\"v\":1}"),
                entry("{" + received + ",\"tls.peer_san\":[\"\",\"a,b\",\"[\\\"\\\\\",\"\\u0000\"],\"v\":1}"),
                entry("{\"attributes.a\":\"\",\"attributes.b\":\"}\\\"{:,\",\"attributes.b.c\":\"\\u0000\"," + received
                        + ",\"v\":1}"),
                entry("{\"action\":\"first\",\"attributes.z\":\"NULL\",\"audit.marked\":\"null\"," + received
                        + ",\"user.name\":\"last\",\"v\":1}"));
    }

    /// The event of canonical entry text.
    public static AuditEvent entry(String json) {
        try {
            return EventCodec.decode(json.getBytes(StandardCharsets.UTF_8));
        } catch (EntryFormatException wrong) {
            throw new IllegalArgumentException(json.substring(0, Math.min(200, json.length())), wrong);
        }
    }

    /// The Merkle root of just these events.
    public static Hash root(List<AuditEvent> events) {
        CompactRange tree = new CompactRange();
        for (AuditEvent event : events) {
            tree.append(Hash.leaf(EventCodec.encode(event).bytes()));
        }
        return tree.root();
    }
}
