package io.meshtrail.watch.consul;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Consul over HTTP. Redirects are not followed: the token goes nowhere but where it is sent.
public final class HttpConsulApi implements ConsulApi {
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    /// Consul adds up to a sixteenth of the wait, and then answers.
    private static final Duration SLACK = Duration.ofSeconds(30);

    private final String address;
    private final Optional<String> token;
    private final Duration wait;
    private final HttpClient client;

    /// @param address `http://…` or `https://…`, without a path
    /// @param wait how long a question may stay open
    public HttpConsulApi(URI address, Optional<String> token, Duration wait) {
        this.address = address.toString().replaceAll("/+$", "");
        this.token = token;
        this.wait = wait;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public CompletableFuture<Answer> get(String path, long index) {
        String query = index > 0 ? "?index=" + index + "&wait=" + wait.toSeconds() + "s" : "";
        Duration patience = index > 0 ? wait.plus(wait.dividedBy(16)).plus(SLACK) : SLACK;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path + query))
                .timeout(patience)
                .GET();
        token.ifPresent(secret -> request.header("X-Consul-Token", secret));
        return client.sendAsync(
                        request.build(),
                        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES))
                .thenApply(HttpConsulApi::answer)
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        return new Answer(
                response.statusCode(),
                new String(response.body(), StandardCharsets.UTF_8),
                response.headers()
                        .firstValue("X-Consul-Index")
                        .filter(digits -> digits.matches("[0-9]{1,18}"))
                        .map(Long::parseLong)
                        .orElse(0L),
                response.headers()
                        .firstValue("X-Consul-Results-Filtered-By-ACLs")
                        .filter("true"::equalsIgnoreCase)
                        .isPresent(),
                response.headers()
                        .firstValue("X-Consul-KnownLeader")
                        .filter("false"::equalsIgnoreCase)
                        .isEmpty());
    }
}
