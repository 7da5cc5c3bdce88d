package io.meshtrail.source.envoy;

import io.meshtrail.counter.Counted;
import io.meshtrail.counter.ProxyName;
import io.meshtrail.counter.Readings;
import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.ProtoReader;
import io.meshtrail.protobuf.Span;
import io.meshtrail.source.MetricStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Reads one stream of Envoy's metrics service v3: `StreamMetricsMessage` with metric families. As with
/// access logs, the proxy names itself in the first message alone. Counters must come as totals:
/// `report_counters_as_deltas` stays off.
public final class EnvoyMetricStream implements MetricStream {
    private static final int BYTES = ProtoReader.BYTES;
    private static final long NANOS_A_MILLISECOND = 1_000_000L;
    private static final long LATEST_MILLISECOND = Long.MAX_VALUE / NANOS_A_MILLISECOND;

    /// Empty while it is not said: counters of nobody are counted and dropped.
    private String proxy = "";

    @Override
    public Readings message(byte[] message) {
        Readings readings = new Readings();
        ProtoReader fields = new ProtoReader(message);
        try {
            while (fields.next()) {
                switch (fields.key()) {
                    case 1 << 3 | BYTES -> identify(fields.message(), message);
                    case 2 << 3 | BYTES -> family(fields.message(), message, readings);
                    default -> {}
                }
            }
        } catch (MalformedBytesException malformed) {
            readings.complain("the message breaks: " + malformed.getMessage());
        }
        return readings;
    }

    private void identify(ProtoReader identifier, byte[] message) {
        NodeReader reader = new NodeReader(message);
        String _ = reader.readAsFarAsPossible(identifier);
        if (reader.node().identified()) {
            proxy = ProxyName.of(reader.node().id());
        }
    }

    private void family(ProtoReader family, byte[] message, Readings readings) {
        String name = "";
        try {
            while (family.next()) {
                switch (family.key()) {
                    case 1 << 3 | BYTES -> name = text(message, family.span());
                    case 4 << 3 | BYTES -> {
                        if (Counted.mayMatter(name)) {
                            metric(family.message(), name, message, readings);
                        } else {
                            readings.other();
                        }
                    }
                    default -> {}
                }
            }
        } catch (MalformedBytesException malformed) {
            readings.complain("a metric family breaks: " + malformed.getMessage());
        }
    }

    private void metric(ProtoReader metric, String name, byte[] message, Readings readings)
            throws MalformedBytesException {
        Map<String, String> labels = new HashMap<>();
        double value = Double.NaN;
        long time = 0;
        while (metric.next()) {
            switch (metric.key()) {
                case 1 << 3 | BYTES -> label(metric.message(), message, labels);
                case 2 << 3 | BYTES, 3 << 3 | BYTES -> value = value(metric.message());
                case 6 << 3 | ProtoReader.VARINT -> {
                    boolean sane = metric.number() > 0 && metric.number() < LATEST_MILLISECOND;
                    time = sane ? metric.number() * NANOS_A_MILLISECOND : 0;
                }
                default -> {}
            }
        }
        // The tags of Envoy never name the proxy itself.
        Map<String, String> own = new HashMap<>(labels);
        own.put("observer", proxy);
        readings.add(name, own, value, false, time, proxy);
    }

    private static void label(ProtoReader pair, byte[] message, Map<String, String> labels)
            throws MalformedBytesException {
        String key = "";
        String value = "";
        while (pair.next()) {
            switch (pair.key()) {
                case 1 << 3 | BYTES -> key = text(message, pair.span());
                case 2 << 3 | BYTES -> value = text(message, pair.span());
                default -> {}
            }
        }
        labels.put(key, value);
    }

    /// A gauge or a counter without a value has 0.
    private static double value(ProtoReader number) throws MalformedBytesException {
        double value = 0;
        while (number.next()) {
            if (number.key() == (1 << 3 | ProtoReader.FIXED64)) {
                value = Double.longBitsToDouble(number.number());
            }
        }
        return value;
    }

    private static String text(byte[] message, long span) {
        return new String(message, Span.from(span), Span.length(span), StandardCharsets.UTF_8);
    }
}
