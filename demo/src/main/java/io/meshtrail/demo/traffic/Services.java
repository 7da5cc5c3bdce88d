package io.meshtrail.demo.traffic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meshtrail.demo.cast.Subnet;
import io.meshtrail.demo.cast.Workload;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The services behind the sidecars `web`, `orders` and `payments`. A checkout goes web → orders → payments,
/// each time
/// through
/// the caller's own sidecar.
public final class Services implements Closeable {
    static {
        // Without it the JDK's server waits 40 ms between the head and the body of an answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Subnet subnet;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<WirePool> pools = new ArrayList<>();

    /// What a service answers.
    private record Answer(int status, String body) {}

    /// What a service does with a call.
    private interface Handler {
        Answer answer(HttpExchange exchange) throws IOException;
    }

    private Services(Subnet subnet) {
        this.subnet = subnet;
    }

    /// Starts all three.
    ///
    /// @throws IOException when an address is taken
    public static Services start(Subnet subnet) throws IOException {
        Services services = new Services(subnet);
        try {
            WirePool webOut = services.sidecarOf(Workload.WEB);
            WirePool ordersOut = services.sidecarOf(Workload.ORDERS);
            services.serve(Workload.WEB, exchange -> web(exchange, webOut));
            services.serve(Workload.ORDERS, exchange -> orders(exchange, ordersOut));
            services.serve(Workload.PAYMENTS, Services::payments);
            return services;
        } catch (IOException e) {
            services.close();
            throw e;
        }
    }

    private static Answer web(HttpExchange exchange, WirePool sidecar) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/vault")) {
            return new Answer(403, "{\"error\":\"only for the owner\"}\n");
        }
        if (path.equals("/checkout")) {
            return pass(exchange, sidecar, Workload.ORDERS, "/orders/checkout");
        }
        return new Answer(200, "{\"item\":\"" + path.substring(path.lastIndexOf('/') + 1) + "\",\"price\":42}\n");
    }

    private static Answer orders(HttpExchange exchange, WirePool sidecar) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/orders/checkout")) {
            return pass(exchange, sidecar, Workload.PAYMENTS, "/payments/charge");
        }
        return new Answer(200, "{\"orders\":[17,18,19]}\n");
    }

    private static Answer payments(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/payments/slow")) {
            try {
                // Longer than the route's time-out.
                Thread.sleep(600);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return new Answer(200, "{\"charged\":true}\n");
    }

    private static Answer pass(HttpExchange exchange, WirePool sidecar, Workload next, String path) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("host", next.host() + ":" + Workload.APP);
        for (String name : List.of("x-request-id", "traceparent", "tracestate")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        headers.put("user-agent", "shop-service/2.4");
        Wire.Answer answer = sidecar.call(exchange.getRequestMethod(), path, headers, "{\"cart\":[3,5]}");
        return new Answer(answer.status(), answer.body());
    }

    private WirePool sidecarOf(Workload workload) {
        String address = workload.address(subnet);
        WirePool pool = new WirePool(() -> new Wire(Wire.connect(address, address, Workload.OUTBOUND)));
        pools.add(pool);
        return pool;
    }

    private void serve(Workload workload, Handler handler) throws IOException {
        InetAddress address = InetAddress.ofLiteral(workload.address(subnet));
        HttpServer server = HttpServer.create(new InetSocketAddress(address, Workload.APP), 128);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                Answer answer;
                try {
                    answer = handler.answer(exchange);
                } catch (IOException e) {
                    answer = new Answer(502, "{\"error\":\"the next service did not answer\"}\n");
                }
                byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("content-type", "application/json");
                exchange.sendResponseHeaders(answer.status, body.length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            }
        });
        server.start();
        servers.add(server);
    }

    @Override
    public void close() throws IOException {
        for (HttpServer server : servers) {
            server.stop(0);
        }
        for (WirePool pool : pools) {
            pool.close();
        }
        threads.shutdownNow();
    }
}
