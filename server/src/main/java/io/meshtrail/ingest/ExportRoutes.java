package io.meshtrail.ingest;

import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServerBuilder;
import io.meshtrail.reconcile.Reconciler;
import java.util.List;
import java.util.concurrent.Executor;

/// The routes of exporters and collectors on the ingest listener.
final class ExportRoutes {
    private final Door door;
    private final Reconciler reconciler;
    private final BodyRoom room;
    private final IngestLimits limits;
    private final Executor workers;

    ExportRoutes(Door door, Reconciler reconciler, BodyRoom room, IngestLimits limits, Executor workers) {
        this.door = door;
        this.reconciler = reconciler;
        this.room = room;
        this.limits = limits;
        this.workers = workers;
    }

    /// Adds them.
    ///
    /// @return their names, for who asks for another
    List<String> add(ServerBuilder builder, Exports exports) {
        export(builder, ExportService.LOGS, "/v1/logs", new LogIntake(exports.logs(), door));
        export(builder, ExportService.METRICS, "/v1/metrics", new MetricIntake(exports.metrics(), reconciler));
        builder.route()
                .path("/api/v1/write")
                .maxRequestLength(limits.linesBytes())
                .requestTimeout(limits.bodyTime())
                .build(new RemoteWriteRoute(
                        exports.remoteWrite(), reconciler, door, room, limits.linesBytes(), workers));
        builder.route()
                .addRoute(Route.builder()
                        .exact("/" + MetricsService.SERVICE + "/StreamMetrics")
                        .build())
                .requestTimeoutMillis(0)
                .maxRequestLength(0)
                .build(new MetricsService(exports.metricStreams(), reconciler, door, limits, workers).toHttpService());
        return List.of(
                "gRPC " + ExportService.LOGS,
                "gRPC " + ExportService.METRICS,
                "gRPC " + MetricsService.SERVICE,
                "POST /v1/logs",
                "POST /v1/metrics",
                "POST /api/v1/write");
    }

    private void export(ServerBuilder builder, String service, String path, ExportIntake intake) {
        builder.route()
                .addRoute(Route.builder().exact("/" + service + "/Export").build())
                .requestTimeout(limits.bodyTime())
                .maxRequestLength(0)
                .build(new ExportService(service, intake, door, room, limits, workers).toHttpService());
        builder.route()
                .path(path)
                .maxRequestLength(limits.linesBytes())
                .requestTimeout(limits.bodyTime())
                .build(new ExportRoute(intake, door, room, limits.linesBytes(), workers));
    }
}
