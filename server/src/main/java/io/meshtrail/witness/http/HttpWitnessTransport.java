package io.meshtrail.witness.http;

import io.meshtrail.proof.SignedNote;
import io.meshtrail.witness.WitnessTransport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The JDK's HTTP client, which keeps connections alive. It follows no redirect: the URL in the policy is meant.
public final class HttpWitnessTransport implements WitnessTransport, AutoCloseable {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    @Override
    public CompletableFuture<Reply> post(String url, byte[] body, Duration timeout) {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(timeout)
                    .header("Content-Type", "text/plain; charset=utf-8")
                    .header("User-Agent", "meshtrail")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
        } catch (IllegalArgumentException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
        // The request's own time-out ends with the headers; a body that trickles must end too.
        return client.sendAsync(
                        request,
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofByteArray(), SignedNote.MAX_BYTES))
                .orTimeout(2 * timeout.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(HttpWitnessTransport::reply);
    }

    private static Reply reply(HttpResponse<byte[]> response) {
        return new Reply(response.statusCode(), response.body());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
