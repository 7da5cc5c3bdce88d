package io.meshtrail.bench.traffic;

import java.util.random.RandomGenerator;

/// What chance decides about one call. One object is drawn anew for each call.
final class Draw {
    private static final int FIRST_PORT = 32_768;
    private static final int LAST_PORT = 60_999;
    private static final int LONGEST_NANOS = 999_999_999;
    private static final int LARGEST_BODY = 2_000_000;

    private long requestHigh;
    private long requestLow;
    private long traceHigh;
    private long traceLow;
    private long span;
    private int durationNanos;
    private int port;
    private int responseBytes;
    private int pathId;

    /// Durations and sizes are log-normal about 6 ms and 1.8 kB.
    void next(RandomGenerator random) {
        requestHigh = random.nextLong();
        requestLow = random.nextLong();
        traceHigh = random.nextLong();
        traceLow = random.nextLong();
        span = random.nextLong();
        durationNanos = (int) Math.min(LONGEST_NANOS, Math.exp(15.6 + 1.1 * random.nextGaussian()));
        port = random.nextInt(FIRST_PORT, LAST_PORT + 1);
        responseBytes = (int) Math.min(LARGEST_BODY, 1 + Math.exp(7.5 + 1.3 * random.nextGaussian()));
        pathId = random.nextInt(100_000_000);
    }

    String requestId() {
        return EntryTemplate.requestId(requestHigh, requestLow);
    }

    long requestHigh() {
        return requestHigh;
    }

    long requestLow() {
        return requestLow;
    }

    long traceHigh() {
        return traceHigh;
    }

    long traceLow() {
        return traceLow;
    }

    long span() {
        return span;
    }

    int durationNanos() {
        return durationNanos;
    }

    int port() {
        return port;
    }

    int responseBytes() {
        return responseBytes;
    }

    int pathId() {
        return pathId;
    }
}
