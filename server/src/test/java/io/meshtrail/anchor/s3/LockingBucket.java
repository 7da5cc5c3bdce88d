package io.meshtrail.anchor.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// A bucket with Object Lock, as far as PutObject goes: it wants a signature, a lock, a checksum that is
/// right, and lets nobody put a key twice.
final class LockingBucket implements AutoCloseable {
    private static final String SHA256 = "x-amz-checksum-sha256";

    /// What was put.
    record Stored(byte[] bytes, Map<String, String> headers) {}

    final Map<String, Stored> objects = new HashMap<>();
    boolean versioned = true;
    private final HttpServer server;

    LockingBucket() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        String path = exchange.getRequestURI().toString();
        if (!exchange.getRequestMethod().equals("PUT")) {
            answer(exchange, 405, "MethodNotAllowed");
        } else if (!headers.getOrDefault("authorization", "").startsWith("AWS4-HMAC-SHA256 Credential=key/")) {
            answer(exchange, 403, "AccessDenied");
        } else if (!headers.containsKey("x-amz-object-lock-mode")
                || !sha256(body).equals(headers.get(SHA256))
                || !"*".equals(headers.get("if-none-match"))) {
            answer(exchange, 400, "InvalidRequest");
        } else if (objects.putIfAbsent(path, new Stored(body, headers)) != null) {
            answer(exchange, 412, "PreconditionFailed");
        } else {
            if (versioned) {
                exchange.getResponseHeaders().set("x-amz-version-id", "v" + objects.size());
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        }
    }

    private static void answer(HttpExchange exchange, int status, String code) throws IOException {
        byte[] words = ("<Error><Code>" + code + "</Code><Message>told " + code + "</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, words.length);
        exchange.getResponseBody().write(words);
        exchange.close();
    }

    private static String sha256(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
