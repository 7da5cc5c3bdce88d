package io.meshtrail.acceptance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/// Fills a server with events until it has sealed segments, and a rest that is in the journal.
final class Filling {
    /// Small segments: set as `seal.events`.
    static final int SEAL = 1024;

    private static final int BODY = 500;

    private Filling() {}

    /// Sends allowed requests and waits until all whole segments of them are sealed.
    static void traffic(Api api, String prefix, int count) {
        post(
                api,
                IntStream.range(0, count)
                        .mapToObj(i -> IstioLines.allowed(prefix + i))
                        .toList());
        api.awaitPublished();
        Awaitility.await("full segments are sealed")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    long sequenced = api.ledger("traffic").path("sequenced").asLong();
                    return api.ledger("traffic").path("sealed").asLong() > sequenced - SEAL - 256;
                });
    }

    static void denials(Api api, String prefix, int count) {
        post(
                api,
                IntStream.range(0, count)
                        .mapToObj(i -> IstioLines.denied(prefix + i))
                        .toList());
        api.awaitPublished();
    }

    private static void post(Api api, List<String> lines) {
        for (int from = 0; from < lines.size(); from += BODY) {
            List<String> body = new ArrayList<>(lines.subList(from, Math.min(lines.size(), from + BODY)));
            api.ingested(IstioLines.PATH, IstioLines.body(body));
        }
    }
}
