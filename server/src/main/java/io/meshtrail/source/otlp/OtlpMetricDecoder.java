package io.meshtrail.source.otlp;

import io.meshtrail.counter.Counted;
import io.meshtrail.counter.Readings;
import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.ProtoReader;
import io.meshtrail.source.Lines;
import io.meshtrail.source.MetricDecoder;
import io.meshtrail.source.Utf8;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads an export of OTLP metrics, protobuf or JSON: sums and gauges, with totals or deltas.
public final class OtlpMetricDecoder implements MetricDecoder {
    private static final int BYTES = ProtoReader.BYTES;
    private static final int GAUGE = 5 << 3 | BYTES;
    private static final int SUM = 7 << 3 | BYTES;
    private static final String DELTA = "AGGREGATION_TEMPORALITY_DELTA";

    @Override
    public String format() {
        return "otlp-metrics";
    }

    @Override
    public Readings decode(byte[] body, String proxy) {
        Readings readings = new Readings();
        if (Lines.firstByte(body) == '{') {
            try {
                int start = Lines.start(body);
                json(JsonReader.read(Utf8.of(body, start, body.length - start).text()), proxy, readings);
                return readings;
            } catch (JsonException notJson) {
                if (body[0] != '\n') {
                    readings.complain(notJson.reason());
                    return readings;
                }
            }
        }
        protobuf(body, proxy, readings);
        return readings;
    }

    private static void protobuf(byte[] body, String proxy, Readings readings) {
        ProtoReader fields = new ProtoReader(body);
        try {
            while (fields.next()) {
                if (fields.key() == (1 << 3 | BYTES)) {
                    resource(body, fields.span(), proxy, readings);
                }
            }
        } catch (MalformedBytesException malformed) {
            readings.complain("the export breaks: " + malformed.getMessage());
        }
    }

    private static void resource(byte[] body, long span, String proxy, Readings readings)
            throws MalformedBytesException {
        Map<String, String> resource = new HashMap<>();
        ProtoReader first = ProtoReader.at(body, span);
        while (first.next()) {
            if (first.key() == (1 << 3 | BYTES)) {
                attributes(body, first.message(), 1 << 3 | BYTES, resource);
            }
        }
        ProtoReader second = ProtoReader.at(body, span);
        while (second.next()) {
            if (second.key() != (2 << 3 | BYTES)) {
                continue;
            }
            ProtoReader scope = second.message();
            while (scope.next()) {
                if (scope.key() == (2 << 3 | BYTES)) {
                    metric(body, scope.message(), resource, proxy, readings);
                }
            }
        }
    }

    private static void attributes(byte[] body, ProtoReader fields, int key, Map<String, String> labels)
            throws MalformedBytesException {
        AnyValue values = new AnyValue(body);
        Map<String, Json> members = new LinkedHashMap<>();
        while (fields.next()) {
            if (fields.key() == key) {
                values.keyValue(fields.message(), members, 0);
            }
        }
        members.forEach((name, value) -> value.scalar().ifPresent(text -> labels.put(name, text)));
    }

    private static void metric(
            byte[] body, ProtoReader metric, Map<String, String> resource, String proxy, Readings readings)
            throws MalformedBytesException {
        String name = "";
        while (metric.next()) {
            switch (metric.key()) {
                case 1 << 3 | BYTES -> name = new AnyValue(body).text(metric.span());
                case GAUGE, SUM -> {
                    if (Counted.mayMatter(name)) {
                        points(body, metric.span(), name, resource, proxy, readings);
                    } else {
                        readings.other();
                    }
                }
                default -> {}
            }
        }
    }

    private static void points(
            byte[] body, long span, String name, Map<String, String> resource, String proxy, Readings readings)
            throws MalformedBytesException {
        boolean delta = false;
        ProtoReader kind = ProtoReader.at(body, span);
        while (kind.next()) {
            delta |= kind.key() == (2 << 3 | ProtoReader.VARINT) && kind.number() == 1;
        }
        ProtoReader points = ProtoReader.at(body, span);
        while (points.next()) {
            if (points.key() != (1 << 3 | BYTES)) {
                continue;
            }
            Map<String, String> labels = new HashMap<>(resource);
            attributes(body, points.message(), 7 << 3 | BYTES, labels);
            double value = Double.NaN;
            long time = 0;
            ProtoReader point = points.message();
            while (point.next()) {
                switch (point.key()) {
                    case 3 << 3 | ProtoReader.FIXED64 -> time = Math.max(0, point.number());
                    case 4 << 3 | ProtoReader.FIXED64 -> value = Double.longBitsToDouble(point.number());
                    case 6 << 3 | ProtoReader.FIXED64 -> value = point.number();
                    default -> {}
                }
            }
            readings.add(name, labels, value, delta, time, proxy);
        }
    }

    private static void json(Json export, String proxy, Readings readings) {
        boolean empty = export.isObject() && export.fields().isEmpty();
        if (!empty && !(export.get("resourceMetrics") instanceof Json.Arr)) {
            readings.complain("no export of metrics: it has no list resourceMetrics");
        }
        for (Json resourceMetrics : export.get("resourceMetrics").items()) {
            Json resource =
                    JsonExport.attributes(resourceMetrics.get("resource").get("attributes"));
            for (Json scope : resourceMetrics.get("scopeMetrics").items()) {
                for (Json metric : scope.get("metrics").items()) {
                    jsonMetric(metric, resource, proxy, readings);
                }
            }
        }
    }

    private static void jsonMetric(Json metric, Json resource, String proxy, Readings readings) {
        String name = metric.get("name").text().orElse("");
        Json kind = metric.get("sum").isObject() ? metric.get("sum") : metric.get("gauge");
        String temporality = kind.get("aggregationTemporality").scalar().orElse("");
        boolean delta = temporality.equals("1") || temporality.equals(DELTA);
        if (!Counted.mayMatter(name) || !kind.isObject()) {
            readings.other();
            return;
        }
        for (Json point : kind.get("dataPoints").items()) {
            Map<String, String> labels = new HashMap<>();
            resource.fields().forEach((key, value) -> value.scalar().ifPresent(text -> labels.put(key, text)));
            JsonExport.attributes(point.get("attributes"))
                    .fields()
                    .forEach((key, value) -> value.scalar().ifPresent(text -> labels.put(key, text)));
            String text = point.get("asInt")
                    .scalar()
                    .or(() -> point.get("asDouble").scalar())
                    .orElse("");
            long time = Math.max(0, point.get("timeUnixNano").whole().orElse(0));
            readings.add(name, labels, number(text), delta, time, proxy);
        }
    }

    private static double number(String text) {
        try {
            return text.length() > 64 ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }
}
