package io.meshtrail.api;

import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import com.linecorp.armeria.server.encoding.EncodingService;
import com.linecorp.armeria.server.prometheus.PrometheusExpositionService;
import io.meshtrail.anchor.AnchorStatus;
import io.meshtrail.http.ListenAddress;
import io.meshtrail.http.ProblemErrorHandler;
import io.meshtrail.ingest.SourceRegistry;
import io.meshtrail.ledger.Ledgers;
import io.meshtrail.privacy.SubjectView;
import io.meshtrail.privacy.Subjects;
import io.meshtrail.query.QueryEngine;
import io.meshtrail.retention.HoldDesk;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// The web listener.
public final class WebServer implements AutoCloseable {
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);
    private static final Duration REQUEST_TIME = Duration.ofMinutes(2);
    private static final Duration HEART_BEAT = Duration.ofSeconds(15);
    private static final Set<String> COMPRESSIBLE =
            Set.of("application/json", "application/problem+json", "text/plain");

    private final Server server;

    private WebServer(Server server) {
        this.server = server;
    }

    /// What the listener is made of.
    ///
    /// @param searchable how many entries of a ledger search reads
    /// @param anchors how the anchors stand
    /// @param upkeep how the work in the background stands
    /// @param policies what was in force, and what a change did
    /// @param now nanoseconds since 1970
    /// @param workers runs searches and reads, which block: never an event loop
    /// @param subjects who is who, if values are stored as pseudonyms
    /// @param work for what is answered at length
    public record Parts(
            QueryEngine engine,
            Ledgers ledgers,
            ToLongFunction<String> searchable,
            Supplier<List<AnchorStatus>> anchors,
            Upkeep upkeep,
            Arrivals arrivals,
            HoldDesk holds,
            Derivation derivation,
            PolicyRoutes policies,
            SourceRegistry sources,
            Readiness readiness,
            PrometheusMeterRegistry metrics,
            LongSupplier now,
            Executor workers,
            Optional<Subjects> subjects,
            LongWork work) {}

    /// Builds the listener and starts it.
    ///
    /// @throws java.util.concurrent.CompletionException if an address cannot be bound
    public static WebServer start(List<ListenAddress> addresses, Parts parts) {
        return start(addresses, parts, HEART_BEAT);
    }

    static WebServer start(List<ListenAddress> addresses, Parts parts, Duration heartBeat) {
        ServerBuilder builder = Server.builder();
        addresses.forEach(address -> builder.http(address.toSocketAddress()));
        builder.errorHandler(new ProblemErrorHandler())
                .meterRegistry(parts.metrics())
                .gracefulShutdownTimeout(Duration.ZERO, LONGEST_GOODBYE)
                .requestTimeout(REQUEST_TIME)
                .maxRequestLength(64 * 1024)
                .idleTimeout(Duration.ofMinutes(1))
                .decorator(EncodingService.builder()
                        .encodableContentTypes(WebServer::compressible)
                        .newDecorator())
                .decorator(new SecurityHeaders());
        addRoutes(builder, parts, heartBeat);
        Server server = builder.build();
        server.start().join();
        return new WebServer(server);
    }

    private static void addRoutes(ServerBuilder builder, Parts parts, Duration heartBeat) {
        SubjectView view = parts.subjects().map(Subjects::view).orElse(SubjectView.NONE);
        EventJson events = new EventJson(parts.ledgers(), view);
        Searches searches = new Searches(parts.now());
        SearchRoutes search = new SearchRoutes(parts.engine(), searches, events);
        EventRoutes event = new EventRoutes(parts.ledgers(), events, parts.derivation(), view);
        LedgerRoutes ledger = new LedgerRoutes(parts.ledgers());
        HealthRoutes health = new HealthRoutes(parts.readiness());
        Binder binder = new Binder(builder, parts.workers());

        binder.bind("/api/events", search::events);
        binder.bind("/api/events/{ledger}/{leafIndex}", event::event);
        binder.bind("/api/events/{ledger}/{leafIndex}/proof", event::proof);
        binder.bind("/api/histogram", search::histogram);
        binder.bind("/api/facets", search::facets);
        binder.bind("/api/graph", search::graph);
        binder.bind("/api/trace/{id}", new TraceRoute(parts.engine(), searches, events));
        binder.bind("/api/policies", parts.policies()::inForce);
        binder.bind("/api/policies/effect", parts.policies()::effect);
        CompletionRoutes completion = new CompletionRoutes(parts.engine(), searches);
        binder.bind("/api/complete", completion::complete);
        binder.bind("/api/count", completion::count);
        builder.service("/api/export", new ExportRoute(parts.engine(), searches, events, parts.work()));
        builder.service("/api/sql", new SqlRoute(parts.work(), searches));
        HoldRoutes holds = new HoldRoutes(parts.holds(), parts.ledgers());
        builder.service("/api/holds", new Writes(holds::list, holds::place, parts.workers()));
        builder.service("/api/holds/{id}/lift", new Writes(holds::toSign, holds::lift, parts.workers()));
        binder.bind(
                "/api/ledgers",
                new LedgersRoute(
                        parts.ledgers(), parts.searchable(), parts.holds()::count, parts.anchors(), parts.upkeep()));
        binder.bind("/api/sources", new SourcesRoute(parts.sources(), parts.ledgers()));
        binder.bind("/ledger/{name}/checkpoint", ledger::checkpoint);
        binder.bind("/ledger/{name}/key", ledger::key);
        binder.bind("/ledger/{name}/minimum", ledger::minimum);
        binder.bind("/ledger/{name}/tile/{*path}", ledger::tile);
        binder.bind("/healthz", health::alive);
        binder.bind("/readyz", health::ready);
        binder.bind("/openapi.json", new ContractRoute());
        builder.route()
                .path("/api/tail")
                .requestTimeoutMillis(0)
                .build(new TailRoute(
                        parts.arrivals(), view, searches, events, parts.ledgers(), heartBeat, parts.workers()));
        SubjectsRoute subjects = new SubjectsRoute(parts.subjects());
        binder.bind("/api/subjects", subjects::list);
        builder.service("/api/subjects/erase", new Acts(subjects::erase, parts.workers()));
        builder.service(
                "/metrics", PrometheusExpositionService.of(parts.metrics().getPrometheusRegistry()));
        builder.serviceUnder(
                "/", new Reads(new PageRoute(new WebFiles(WebServer.class.getClassLoader(), "web")), parts.workers()));
    }

    private record Binder(ServerBuilder builder, Executor workers) {
        void bind(String path, Route route) {
            builder.service(path, new Reads(route, workers));
        }
    }

    /// Event streams must not wait in a compressor, and files of the page are compressed already.
    private static boolean compressible(MediaType type) {
        return COMPRESSIBLE.contains(type.type() + "/" + type.subtype());
    }

    /// The port of the only or first address.
    public int port() {
        return server.activeLocalPort();
    }

    /// The addresses it listens on, in no particular order.
    public List<InetSocketAddress> addresses() {
        return server.activePorts().values().stream()
                .map(ServerPort::localAddress)
                .toList();
    }

    @Override
    public void close() {
        server.stop().join();
    }
}
