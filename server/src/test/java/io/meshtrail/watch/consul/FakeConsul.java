package io.meshtrail.watch.consul;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A Consul with lists, indexes and blocking queries, over HTTP. A question with an index waits until its
/// list has another one, or the fake is closed.
final class FakeConsul implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Map<String, String>> lists = new TreeMap<>();
    private final List<String> tokens = new ArrayList<>();
    private long index = 1;
    private boolean filtered;
    private boolean leader = true;
    private int status = 200;
    private boolean closed;

    FakeConsul() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// Writes an object into a list; the index goes on by ten.
    synchronized void put(String path, String name, String members) {
        index += 10;
        String created = lists.getOrDefault(path, Map.of()).getOrDefault(name, "");
        long first = created.isEmpty() ? index : Long.parseLong(created.replaceAll(".*\"CreateIndex\":(\\d+).*", "$1"));
        lists.computeIfAbsent(path, none -> new TreeMap<>())
                .put(
                        name,
                        "{\"Name\":\"%s\",%s,\"CreateIndex\":%d,\"ModifyIndex\":%d}"
                                .formatted(name, members, first, index));
        notifyAll();
    }

    synchronized void remove(String path, String name) {
        index += 10;
        lists.getOrDefault(path, new TreeMap<>()).remove(name);
        notifyAll();
    }

    /// As after the restore of a snapshot.
    synchronized void setIndex(long back) {
        index = back;
        notifyAll();
    }

    synchronized void behave(boolean hides, boolean hasLeader, int answersWith) {
        filtered = hides;
        leader = hasLeader;
        status = answersWith;
        index++;
        notifyAll();
    }

    synchronized List<String> tokens() {
        return List.copyOf(tokens);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body;
        synchronized (this) {
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Consul-Token")));
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            if (query.startsWith("index=")) {
                long known = Long.parseLong(query.substring(6, query.indexOf('&')));
                while (known == index && !closed) {
                    try {
                        wait();
                    } catch (InterruptedException stopped) {
                        throw new UncheckedIOException(new IOException(stopped));
                    }
                }
            }
            String list = exchange.getRequestURI().getPath();
            body = (lists.containsKey(list) ? lists.get(list).values().toString() : "[]")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("X-Consul-Index", Long.toString(index));
            exchange.getResponseHeaders().set("X-Consul-KnownLeader", Boolean.toString(leader));
            if (filtered) {
                exchange.getResponseHeaders().set("X-Consul-Results-Filtered-By-ACLs", "true");
            }
            exchange.sendResponseHeaders(status, body.length);
        }
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        server.stop(0);
        workers.close();
    }
}
