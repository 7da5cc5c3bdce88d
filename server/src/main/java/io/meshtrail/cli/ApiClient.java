package io.meshtrail.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks to a server's API.
final class ApiClient {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI server;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    ApiClient(URI server) {
        this.server = server;
    }

    URI server() {
        return server;
    }

    /// A JSON answer.
    ///
    /// @param parameters those with an empty value are left out
    /// @throws ApiException if the server answers with a problem or cannot be reached
    JsonNode json(String path, Map<String, String> parameters) throws IOException, InterruptedException {
        try {
            return JSON.readTree(bytes(path, parameters));
        } catch (JacksonException notJson) {
            throw new ApiException("what answers at " + server + " is no Meshtrail server: its answer is not JSON");
        }
    }

    byte[] bytes(String path, Map<String, String> parameters) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(path, parameters, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw problem(response.statusCode(), response.body());
        }
        return response.body();
    }

    /// Posts a body and gives the answer, whatever its status.
    ///
    /// @throws ApiException if the server cannot be reached
    HttpResponse<byte[]> post(String path, Map<String, String> parameters, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path, parameters))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    /// An endless answer, such as a tail.
    InputStream stream(String path, Map<String, String> parameters) throws IOException, InterruptedException {
        return opened(send(path, parameters, HttpResponse.BodyHandlers.ofInputStream()));
    }

    private static InputStream opened(HttpResponse<InputStream> response) throws IOException {
        if (response.statusCode() != 200) {
            try (InputStream body = response.body()) {
                throw problem(response.statusCode(), body.readAllBytes());
            }
        }
        return response.body();
    }

    /// The answer to a question that stands in the body, as it comes.
    ///
    /// @param body the members of a JSON object
    /// @throws ApiException if the server answers with a problem or cannot be reached
    InputStream ask(String path, Map<String, ?> body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path, Map.of()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        return opened(send(request, HttpResponse.BodyHandlers.ofInputStream()));
    }

    /// The JSON answer to an act.
    ///
    /// @param body the members of a JSON object
    /// @throws ApiException if the server answers with a problem or cannot be reached
    JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path, Map.of()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        HttpResponse<byte[]> response = send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw problem(response.statusCode(), response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException notJson) {
            throw new ApiException("what answers at " + server + " is no Meshtrail server: its answer is not JSON");
        }
    }

    private <T> HttpResponse<T> send(String path, Map<String, String> parameters, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path, parameters)).GET().build(), body);
    }

    private URI uri(String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        String base = server.toString().replaceAll("/+$", "");
        return URI.create(base + path + (query.isEmpty() ? "" : "?" + query));
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        try {
            return client.send(request, body);
        } catch (java.net.ConnectException unreachable) {
            throw new ApiException("no server answers at " + server + "; start one with `meshtrail serve --data DIR`"
                    + " or name it with --server");
        }
    }

    /// What a problem answer says.
    static ApiException problem(int status, byte[] body) {
        try {
            JsonNode problem = JSON.readTree(body);
            String words = problem.path("detail").asString(problem.path("title").asString("status " + status));
            JsonNode position = problem.path("position");
            return new ApiException(position.isNumber() ? words + " (at character " + position.asInt() + ")" : words);
        } catch (JacksonException notJson) {
            return new ApiException("the server answered " + status);
        }
    }
}
