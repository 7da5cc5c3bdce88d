package io.meshtrail.source.prometheus;

import io.meshtrail.counter.Counted;
import io.meshtrail.counter.Readings;
import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.ProtoReader;
import io.meshtrail.protobuf.Span;
import io.meshtrail.source.MetricDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads write requests of either version, told apart by their fields: version 1 has series with labels
/// in field 1, version 2 symbols in field 4 and series in field 5.
public final class RemoteWriteDecoder implements MetricDecoder {
    private static final int BYTES = ProtoReader.BYTES;
    private static final int SYMBOLS = 4 << 3 | BYTES;
    private static final int SERIES_1 = 1 << 3 | BYTES;
    private static final int SERIES_2 = 5 << 3 | BYTES;
    private static final String NAME = "__name__";
    private static final long NANOS_A_MILLISECOND = 1_000_000L;
    private static final long LATEST_MILLISECOND = Long.MAX_VALUE / NANOS_A_MILLISECOND;

    /// @param millis since 1970; 0 for a time that cannot be
    private record Sample(double value, long millis) {}

    @Override
    public String format() {
        return "remote-write";
    }

    @Override
    public Readings decode(byte[] body, String proxy) {
        Readings readings = new Readings();
        List<Long> symbols = new ArrayList<>();
        ProtoReader fields = new ProtoReader(body);
        try {
            while (fields.next()) {
                switch (fields.key()) {
                    case SYMBOLS -> symbols.add(fields.span());
                    case SERIES_1, SERIES_2 ->
                        series(fields.message(), fields.key() == SERIES_2, symbols, body, proxy, readings);
                    default -> {}
                }
            }
        } catch (MalformedBytesException malformed) {
            readings.complain("the request breaks: " + malformed.getMessage());
        }
        return readings;
    }

    private static void series(
            ProtoReader series, boolean second, List<Long> symbols, byte[] body, String proxy, Readings readings) {
        Map<String, String> labels = new HashMap<>();
        List<Sample> samples = new ArrayList<>();
        try {
            while (series.next()) {
                switch (series.key()) {
                    case 1 << 3 | BYTES -> {
                        if (second) {
                            references(series.span(), symbols, body, labels);
                        } else {
                            label(series.message(), body, labels);
                        }
                    }
                    case 2 << 3 | BYTES -> samples.add(sample(series.message()));
                    default -> {}
                }
            }
        } catch (MalformedBytesException malformed) {
            readings.complain("a series breaks: " + malformed.getMessage());
            return;
        }
        String name = labels.getOrDefault(NAME, "");
        labels.remove(NAME);
        if (samples.isEmpty() || !Counted.mayMatter(name)) {
            readings.other();
            return;
        }
        for (Sample sample : samples) {
            readings.add(name, labels, sample.value, false, sample.millis * NANOS_A_MILLISECOND, proxy);
        }
    }

    private static void label(ProtoReader pair, byte[] body, Map<String, String> labels)
            throws MalformedBytesException {
        String key = "";
        String value = "";
        while (pair.next()) {
            switch (pair.key()) {
                case 1 << 3 | BYTES -> key = text(body, pair.span());
                case 2 << 3 | BYTES -> value = text(body, pair.span());
                default -> {}
            }
        }
        labels.put(key, value);
    }

    /// A packed list of numbers of symbols, of name and value in turn.
    private static void references(long span, List<Long> symbols, byte[] body, Map<String, String> labels) {
        List<Integer> numbers = new ArrayList<>();
        int number = 0;
        int shift = 0;
        for (int i = Span.from(span); i < Span.end(span); i++) {
            number |= (body[i] & 0x7F) << shift;
            shift += 7;
            if (body[i] >= 0) {
                numbers.add(number);
                number = 0;
                shift = 0;
            }
        }
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            labels.put(symbol(numbers.get(i), symbols, body), symbol(numbers.get(i + 1), symbols, body));
        }
    }

    private static String symbol(int number, List<Long> symbols, byte[] body) {
        return number < 0 || number >= symbols.size() ? "" : text(body, symbols.get(number));
    }

    private static Sample sample(ProtoReader sample) throws MalformedBytesException {
        double value = 0;
        long time = 0;
        while (sample.next()) {
            switch (sample.key()) {
                case 1 << 3 | ProtoReader.FIXED64 -> value = Double.longBitsToDouble(sample.number());
                case 2 << 3 | ProtoReader.VARINT -> {
                    boolean sane = sample.number() > 0 && sample.number() < LATEST_MILLISECOND;
                    time = sane ? sample.number() : 0;
                }
                default -> {}
            }
        }
        return new Sample(value, time);
    }

    private static String text(byte[] body, long span) {
        return new String(body, Span.from(span), Span.length(span), StandardCharsets.UTF_8);
    }
}
