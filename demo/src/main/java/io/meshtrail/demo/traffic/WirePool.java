package io.meshtrail.demo.traffic;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Connections of one client to one place, kept alive between calls.
final class WirePool implements Closeable {
    private final Dialer dialer;
    private final ConcurrentLinkedDeque<Wire> idle = new ConcurrentLinkedDeque<>();

    WirePool(Dialer dialer) {
        this.dialer = dialer;
    }

    Wire.Answer call(String method, String path, Map<String, String> headers, String body) throws IOException {
        Wire reused = idle.pollFirst();
        Wire wire = reused == null ? dialer.dial() : reused;
        boolean keep = false;
        try {
            Wire.Answer answer = wire.call(method, path, headers, body);
            keep = answer.keep();
            return answer;
        } finally {
            if (keep) {
                idle.offerFirst(wire);
            } else {
                wire.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Wire wire = idle.pollFirst(); wire != null; wire = idle.pollFirst()) {
            wire.close();
        }
    }
}
