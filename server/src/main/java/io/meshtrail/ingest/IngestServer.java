package io.meshtrail.ingest;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import io.meshtrail.event.EventSink;
import io.meshtrail.http.ListenAddress;
import io.meshtrail.http.Problem;
import io.meshtrail.http.ProblemErrorHandler;
import io.meshtrail.reconcile.Reconciler;
import io.meshtrail.source.Decoder;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// The ingest listener: gRPC and HTTP on every address it is given.
public final class IngestServer implements AutoCloseable {
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(3);
    /// So many streams of one connection can stand still before they hold up its others: a proxy sends its
    /// denials and
    /// the rest over one connection.
    private static final int CONNECTION_WINDOWS = 16;

    private static final String KUBERNETES = "kubernetes-audit";

    private final Server server;

    private IngestServer(Server server) {
        this.server = server;
    }

    /// What the listener is made of.
    ///
    /// @param streams makes the decoder of each access log stream
    /// @param decoders one for each HTTP format, `kubernetes-audit` included
    /// @param exports the decoders of exporters and collectors
    /// @param reconciler holds what arrives against what proxies count
    /// @param now nanoseconds since 1970
    /// @param workers runs decoding; never an event loop
    public record Parts(
            EventSink sink,
            StreamDecoders streams,
            List<Decoder> decoders,
            Exports exports,
            Checkpoints checkpoints,
            SourceRegistry sources,
            Reconciler reconciler,
            MeterRegistry metrics,
            LongSupplier now,
            Executor workers,
            IngestLimits limits) {
        public Parts {
            decoders = List.copyOf(decoders);
        }
    }

    /// Builds the listener and starts it.
    ///
    /// @throws java.util.concurrent.CompletionException if an address cannot be bound
    public static IngestServer start(List<ListenAddress> addresses, Parts parts) {
        ServerBuilder builder = Server.builder();
        addresses.forEach(address -> builder.http(address.toSocketAddress()));
        IngestLimits limits = parts.limits();
        builder.errorHandler(new ProblemErrorHandler())
                .meterRegistry(parts.metrics())
                .gracefulShutdownTimeout(Duration.ZERO, LONGEST_GOODBYE)
                .http2InitialStreamWindowSize(limits.streamWindow())
                .http2InitialConnectionWindowSize(CONNECTION_WINDOWS * limits.streamWindow())
                .requestTimeout(limits.bodyTime())
                .maxRequestLength(limits.linesBytes())
                .idleTimeout(Duration.ofMinutes(1))
                .pingInterval(Duration.ofSeconds(20));
        addRoutes(builder, parts);
        Server server = builder.build();
        server.start().join();
        return new IngestServer(server);
    }

    private static void addRoutes(ServerBuilder builder, Parts parts) {
        Door door = new Door(
                parts.sink(), parts.sources(), new IngestMetrics(parts.metrics()), parts.reconciler(), parts.now());
        builder.route()
                .addRoute(com.linecorp.armeria.server.Route.builder()
                        .exact("/" + AccessLogService.SERVICE + "/StreamAccessLogs")
                        .build())
                .requestTimeoutMillis(0)
                .maxRequestLength(0)
                .build(new AccessLogService(parts.streams(), door, parts.limits(), parts.workers()).toHttpService());
        BodyRoom room = new BodyRoom(parts.limits().bodiesBytes());
        List<String> routes = new ArrayList<>(List.of("gRPC " + AccessLogService.SERVICE));
        routes.addAll(new ExportRoutes(door, parts.reconciler(), room, parts.limits(), parts.workers())
                .add(builder, parts.exports()));
        for (Decoder decoder : parts.decoders()) {
            boolean audit = decoder.format().equals(KUBERNETES);
            IngestLimits limits = parts.limits();
            long bytes = audit ? limits.auditBytes() : limits.linesBytes();
            Duration patience = audit ? limits.auditPatience() : Duration.ZERO;
            String path = (audit ? "/ingest/" : "/ingest/lines/") + decoder.format();
            routes.add("POST " + path);
            builder.route()
                    .path(path)
                    .maxRequestLength(bytes)
                    .requestTimeout(limits.bodyTime().plus(patience).plus(limits.publishPatience()))
                    .build(new IngestRoute(
                            decoder,
                            door,
                            room,
                            bytes,
                            patience,
                            parts.checkpoints(),
                            limits.publishPatience(),
                            parts.workers()));
        }
        builder.route().post("/ingest/lines/{format}").build(unknownFormat(parts.decoders()));
        builder.serviceUnder("/", new UnknownRoute(routes));
    }

    private static HttpService unknownFormat(List<Decoder> decoders) {
        String known = decoders.stream()
                .map(Decoder::format)
                .filter(format -> !format.equals(KUBERNETES))
                .sorted()
                .collect(Collectors.joining(", "));
        return (context, request) -> Problem.notFound(
                        "the format \"" + context.pathParam("format") + "\" is unknown; known are " + known)
                .toResponse();
    }

    /// The addresses it listens on, in no particular order.
    public List<InetSocketAddress> addresses() {
        return server.activePorts().values().stream()
                .map(ServerPort::localAddress)
                .toList();
    }

    /// The port of the only or first address.
    public int port() {
        return server.activeLocalPort();
    }

    @Override
    public void close() {
        server.stop().join();
    }
}
