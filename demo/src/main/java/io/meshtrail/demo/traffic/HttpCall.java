package io.meshtrail.demo.traffic;

import io.meshtrail.demo.cast.Case;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/// An HTTP call over a connection that is kept, each with a trace of its own.
final class HttpCall implements Call {
    private final Case which;
    private final WirePool pool;
    private final String method;
    private final String host;
    private final String path;
    private final String agent;
    private int status = 200;
    private Supplier<String> token = () -> "";

    /// @param path may hold one `%d`, which becomes a number from 1 to 20
    HttpCall(Case which, Dialer dialer, String method, String host, String path, String agent) {
        this.which = which;
        this.pool = new WirePool(dialer);
        this.method = method;
        this.host = host;
        this.path = path;
        this.agent = agent;
    }

    /// The status that the case foresees.
    HttpCall answered(int foreseen) {
        status = foreseen;
        return this;
    }

    HttpCall token(Supplier<String> tokens) {
        token = tokens;
        return this;
    }

    @Override
    public Case make() throws IOException {
        int found = status();
        if (found != status) {
            throw new IOException("status " + found + " instead of " + status);
        }
        return which;
    }

    int status() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("host", host);
        headers.put("user-agent", agent);
        headers.put("x-request-id", UUID.randomUUID().toString());
        headers.put("traceparent", traceparent());
        String bearer = token.get();
        if (!bearer.isEmpty()) {
            headers.put("authorization", "Bearer " + bearer);
        }
        String target = path.contains("%d")
                ? String.format(Locale.ROOT, path, ThreadLocalRandom.current().nextInt(1, 21))
                : path;
        String body = method.equals("POST") ? "{\"cart\":[3,5]}" : "";
        return pool.call(method, target, headers, body).status();
    }

    /// W3C Trace Context, not sampled: the proxies pass it on and log it, and send no spans anywhere.
    private static String traceparent() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return String.format(
                Locale.ROOT, "00-%016x%016x-%016x-00", random.nextLong(), random.nextLong(), random.nextLong() | 1);
    }

    @Override
    public void close() throws IOException {
        pool.close();
    }
}
