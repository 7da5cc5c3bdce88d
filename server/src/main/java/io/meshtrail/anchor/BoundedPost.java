package io.meshtrail.anchor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A POST that ends in time, reads no more than it wants, and goes nowhere but where it is sent: redirects
/// are not followed. Messages name scheme, host and port alone, since paths and queries of such addresses
/// are often secret.
public final class BoundedPost {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI target;
    private final int mostBytes;
    private final HttpClient client;

    /// @param target `http` or `https`, without user name and password
    /// @param mostBytes of an answer; a longer one is refused
    public BoundedPost(URI target, int mostBytes) {
        this.target = target;
        this.mostBytes = mostBytes;
        this.client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /// The target without what may be secret in it.
    public String shown() {
        return target.getScheme() + "://" + target.getAuthority();
    }

    /// Sends and returns the body of an answer with a status of 200 to 299.
    ///
    /// @throws IOException if there is no such answer in time
    public HttpResponse<byte[]> send(byte[] body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target).timeout(PATIENCE).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request.build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), mostBytes));
        try {
            // The request's own time-out ends with the headers; a body that never ends must not hold us
            // either.
            HttpResponse<byte[]> response = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            int status = response.statusCode();
            if (status >= 300 && status < 400) {
                throw new IOException(shown() + " answered " + status + "; redirects are not followed");
            }
            if (status < 200 || status >= 300) {
                throw new IOException(shown() + " answered " + status);
            }
            return response;
        } catch (TimeoutException late) {
            throw new IOException(shown() + " gave no complete answer within " + PATIENCE.toSeconds() + " s", late);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new IOException(shown() + " cannot be asked: " + cause, failed);
        } finally {
            answer.cancel(true);
        }
    }
}
