package io.meshtrail.api;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.http.Problem;
import io.meshtrail.http.ProblemErrorHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Makes a [Route] a service: GET and HEAD alone, on a worker, mistakes as problems.
final class Reads implements HttpService {
    private final Route route;
    private final Executor workers;

    Reads(Route route, Executor workers) {
        this.route = route;
        this.workers = workers;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return switch (request.method()) {
            case GET -> answer(context);
            case HEAD -> HttpResponse.of(answer(context).aggregate().thenApply(Reads::withoutBody));
            default -> notAllowed(request.method(), context.path());
        };
    }

    private HttpResponse answer(ServiceRequestContext context) {
        return HttpResponse.of(CompletableFuture.supplyAsync(() -> answerNow(context), workers));
    }

    private HttpResponse answerNow(ServiceRequestContext context) {
        try {
            return route.answer(context);
        } catch (Exception cause) {
            return ProblemErrorHandler.problemOf(context, cause).toResponse();
        }
    }

    private static HttpResponse withoutBody(AggregatedHttpResponse whole) {
        return HttpResponse.of(whole.headers().toBuilder()
                .setLong(HttpHeaderNames.CONTENT_LENGTH, whole.content().length())
                .endOfStream(true)
                .build());
    }

    static HttpResponse notAllowed(HttpMethod method, String path) {
        return Problem.methodNotAllowed(method, path, "GET, HEAD");
    }
}
