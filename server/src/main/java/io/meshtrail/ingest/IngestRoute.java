package io.meshtrail.ingest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.event.Address;
import io.meshtrail.event.Placement;
import io.meshtrail.event.Pushback;
import io.meshtrail.event.Receipt;
import io.meshtrail.http.Json;
import io.meshtrail.http.Parameters;
import io.meshtrail.http.Problem;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.Hints;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/// One wire format over HTTP POST: a body in, an answer once all of it is durable.
final class IngestRoute implements HttpService {
    /// `timeout` is what Kubernetes API servers add to the URL of a webhook.
    private static final Set<String> PARAMETERS =
            Set.of("cluster", "namespace", "workload", "observer", "mesh", "wait", "timeout");

    private static final int FIRST_REASONS = 5;

    private final Decoder decoder;
    private final Door door;
    private final BodyRoom room;
    private final long bodyLimit;
    private final Duration patience;
    private final Checkpoints checkpoints;
    private final Publication publication;
    private final Executor workers;

    /// @param bodyLimit the most bytes of a body, compressed or not
    /// @param patience how long a request waits for room before it is refused
    /// @param publishPatience how long a request waits for a checkpoint
    IngestRoute(
            Decoder decoder,
            Door door,
            BodyRoom room,
            long bodyLimit,
            Duration patience,
            Checkpoints checkpoints,
            Duration publishPatience,
            Executor workers) {
        this.decoder = decoder;
        this.door = door;
        this.room = room;
        this.bodyLimit = bodyLimit;
        this.patience = patience;
        this.checkpoints = checkpoints;
        this.publication = new Publication(checkpoints, publishPatience);
        this.workers = workers;
    }

    /// What a request asks for beside its body.
    private record Order(Hints hints, Source source, Wait awaited, Body.Encoding encoding, BodyRoom.Share share) {}

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (request.method() != HttpMethod.POST) {
            return Problem.methodNotAllowed(request.method(), context.path(), "POST");
        }
        Order order = order(context, request);
        CompletableFuture<?> _ = context.log().whenComplete().thenRun(order.share()::close);
        Delay delay = Delay.on(context.eventLoop());
        return HttpResponse.of(request.aggregate()
                .thenApplyAsync(whole -> read(whole.content().array(), order), workers)
                .thenCompose(batch -> append(batch, order, delay, patience)));
    }

    private Order order(ServiceRequestContext context, HttpRequest request) {
        Parameters given = Parameters.of(context.queryParams(), PARAMETERS);
        Wait wait = Wait.of(given.text("wait"), checkpoints);
        Body.Encoding encoding = Body.Encoding.of(request.headers().get(HttpHeaderNames.CONTENT_ENCODING));
        Hints hints = new Hints(
                given.text("cluster"),
                given.text("namespace"),
                given.text("workload"),
                given.text("observer"),
                given.text("mesh"),
                door.now());
        Source source = source(context, hints);
        long announced = Math.min(bodyLimit, Math.max(0, request.headers().contentLength()));
        return new Order(hints, source, wait, encoding, room.share(announced));
    }

    /// Who names himself is known from his first body on; another is a stranger at his address.
    private Source source(ServiceRequestContext context, Hints hints) {
        if (hints.observer().isEmpty()) {
            return door.source(context.remoteAddress().getAddress().getHostAddress(), decoder.format());
        }
        Source named = door.source(hints.observer().get(), decoder.format());
        named.introduced();
        return named;
    }

    private Batch read(byte[] body, Order order) {
        order.share().atLeast(body.length);
        byte[] plain = Body.plain(order.encoding(), body, bodyLimit, order.share());
        List<Decoded> decoded = decoder.decode(plain, order.hints());
        Batch batch = new Batch();
        door.pack(decoded, order.source(), plain, true, order.hints().received(), batch);
        return batch;
    }

    private CompletableFuture<HttpResponse> append(Batch batch, Order order, Delay delay, Duration patienceLeft) {
        return door.append(batch).thenCompose(answer -> switch (answer) {
            case Pushback pushback
            when patienceLeft.compareTo(pushback.retryAfter()) > 0 ->
                delay.thenTry(pushback.retryAfter(), waited -> append(batch, order, delay, patienceLeft.minus(waited)));
            case Pushback pushback -> CompletableFuture.completedFuture(pushedBack(pushback));
            case Receipt receipt -> durable(batch, order, receipt, delay);
        });
    }

    private CompletableFuture<HttpResponse> durable(Batch batch, Order order, Receipt receipt, Delay delay) {
        door.durable(batch, order.source(), receipt, order.hints().received());
        if (batch.unreadable()) {
            return CompletableFuture.completedFuture(
                    unreadable(batch.rejected()).toResponse());
        }
        IngestAnswer answer = new IngestAnswer(batch.ignoredCount(), batch.rejected(), batch.placements(receipt));
        if (order.awaited() == Wait.DURABLE) {
            return CompletableFuture.completedFuture(Json.ok(answer::write));
        }
        List<Address> addresses =
                answer.placements().stream().map(Placement::address).toList();
        return publication
                .of(addresses, order.awaited(), delay)
                .thenApplyAsync(
                        stage -> Json.ok(json -> answer.write(json, Reached.of(stage, addresses, checkpoints))),
                        workers);
    }

    private static Problem unreadable(List<Decoded.Rejection> rejected) {
        String reasons = rejected.stream()
                .limit(FIRST_REASONS)
                .map(rejection -> rejection.line() + ": " + rejection.reason())
                .collect(Collectors.joining("; "));
        String more = rejected.size() > FIRST_REASONS ? "; and " + (rejected.size() - FIRST_REASONS) + " more" : "";
        return Problem.badRequest("Nothing of the body can be read", reasons + more);
    }

    private static HttpResponse pushedBack(Pushback pushback) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "Not now", pushback.reason() + "; nothing was stored")
                .retryAfter(pushback.retryAfter())
                .toResponse();
    }
}
