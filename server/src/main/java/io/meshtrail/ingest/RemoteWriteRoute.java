package io.meshtrail.ingest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.counter.Readings;
import io.meshtrail.http.Parameters;
import io.meshtrail.http.Problem;
import io.meshtrail.reconcile.Reconciler;
import io.meshtrail.source.MetricDecoder;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Prometheus remote write: 204 once the counters that matter are taken; the rest is counted and dropped.
final class RemoteWriteRoute implements HttpService {
    private static final Set<String> PARAMETERS = Set.of("cluster", "namespace", "workload", "observer", "mesh");

    private final MetricDecoder decoder;
    private final Reconciler reconciler;
    private final Door door;
    private final BodyRoom room;
    private final long bodyLimit;
    private final Executor workers;

    RemoteWriteRoute(
            MetricDecoder decoder, Reconciler reconciler, Door door, BodyRoom room, long bodyLimit, Executor workers) {
        this.decoder = decoder;
        this.reconciler = reconciler;
        this.door = door;
        this.room = room;
        this.bodyLimit = bodyLimit;
        this.workers = workers;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (request.method() != HttpMethod.POST) {
            return Problem.methodNotAllowed(request.method(), context.path(), "POST");
        }
        Parameters given = Parameters.of(context.queryParams(), PARAMETERS);
        Body.Encoding encoding = Body.Encoding.of(request.headers().get(HttpHeaderNames.CONTENT_ENCODING));
        String proxy = given.text("observer").orElse("");
        BodyRoom.Share share =
                room.share(Math.min(bodyLimit, Math.max(0, request.headers().contentLength())));
        CompletableFuture<?> _ = context.log().whenComplete().thenRun(share::close);
        return HttpResponse.of(request.aggregate()
                .thenApplyAsync(
                        whole -> {
                            byte[] body = whole.content().array();
                            share.atLeast(body.length);
                            door.arrived(body.length);
                            Readings readings = decoder.decode(Body.plain(encoding, body, bodyLimit, share), proxy);
                            reconciler.read(readings, door.now());
                            return answer(readings);
                        },
                        workers));
    }

    /// A body that is broken is never sent again after 400; of one that is broken in part the rest counts.
    private static HttpResponse answer(Readings readings) {
        boolean nothing = readings.kept().isEmpty() && readings.others() == 0;
        if (nothing && !readings.complaints().isEmpty()) {
            return Problem.badRequest("Nothing of the body can be read", ExportAnswer.message(readings.complaints()))
                    .toResponse();
        }
        // Version 2 asks for these; version 1 ignores them.
        return HttpResponse.of(ResponseHeaders.builder(HttpStatus.NO_CONTENT)
                .setInt(
                        "x-prometheus-remote-write-samples-written",
                        readings.kept().size() + readings.others())
                .setInt("x-prometheus-remote-write-histograms-written", 0)
                .setInt("x-prometheus-remote-write-exemplars-written", 0)
                .build());
    }
}
