package io.meshtrail.bench.ledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// One ledger as a server shows it over HTTP, on connections that are kept.
final class Served implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI web;
    private final String ledger;

    Served(URI web, String ledger) {
        this.web = web;
        this.ledger = ledger;
    }

    /// The size under the published checkpoint.
    long publishedSize() throws IOException, InterruptedException {
        String[] lines = new String(get("/ledger/" + ledger + "/checkpoint"), java.nio.charset.StandardCharsets.UTF_8)
                .split("\n", 3);
        return Long.parseLong(lines[1]);
    }

    byte[] resource(String path) throws IOException, InterruptedException {
        return get("/ledger/" + ledger + "/" + path);
    }

    byte[] proof(long leafIndex) throws IOException, InterruptedException {
        return get("/api/events/" + ledger + "/" + leafIndex + "/proof");
    }

    private byte[] get(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                client.send(HttpRequest.newBuilder(web.resolve(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    @Override
    public void close() {
        client.close();
    }
}
