package io.meshtrail.ingest;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.http.Parameters;
import io.meshtrail.http.Problem;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Lines;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// OTLP over HTTP: an export in, OTLP's answer in the same encoding once it is durable.
final class ExportRoute implements HttpService {
    private static final Set<String> PARAMETERS = Set.of("cluster", "namespace", "workload", "observer", "mesh");

    private final ExportIntake intake;
    private final Door door;
    private final BodyRoom room;
    private final long bodyLimit;
    private final Executor workers;

    ExportRoute(ExportIntake intake, Door door, BodyRoom room, long bodyLimit, Executor workers) {
        this.intake = intake;
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
        Hints hints = new Hints(
                given.text("cluster"),
                given.text("namespace"),
                given.text("workload"),
                given.text("observer"),
                given.text("mesh"),
                door.now());
        Body.Encoding encoding = Body.Encoding.of(request.headers().get(HttpHeaderNames.CONTENT_ENCODING));
        String sender = context.remoteAddress().getAddress().getHostAddress();
        BodyRoom.Share share =
                room.share(Math.min(bodyLimit, Math.max(0, request.headers().contentLength())));
        CompletableFuture<?> _ = context.log().whenComplete().thenRun(share::close);
        return HttpResponse.of(request.aggregate()
                .thenComposeAsync(
                        whole -> {
                            byte[] body = whole.content().array();
                            share.atLeast(body.length);
                            byte[] plain = Body.plain(encoding, body, bodyLimit, share);
                            boolean json = Lines.firstByte(plain) == '{' && plain[0] != '\n';
                            return intake.take(plain, hints, sender).thenApply(outcome -> answer(outcome, json));
                        },
                        workers));
    }

    private HttpResponse answer(ExportIntake.Outcome outcome, boolean json) {
        return switch (outcome) {
            case ExportIntake.Outcome.Taken taken ->
                taken(new ExportAnswer(intake.records(), taken.rejected(), taken.reasons()), json);
            case ExportIntake.Outcome.Unreadable unreadable ->
                Problem.badRequest("Nothing of the body can be read", ExportAnswer.message(unreadable.reasons()))
                        .toResponse();
            case ExportIntake.Outcome.NotNow(var pushback) ->
                Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "Not now", pushback.reason() + "; nothing was stored")
                        .retryAfter(pushback.retryAfter())
                        .toResponse();
        };
    }

    private static HttpResponse taken(ExportAnswer answer, boolean json) {
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .set(HttpHeaderNames.CONTENT_TYPE, json ? "application/json" : "application/x-protobuf")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build();
        return HttpResponse.of(headers, HttpData.wrap(json ? answer.json() : answer.protobuf()));
    }
}
