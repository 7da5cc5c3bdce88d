package io.meshtrail.api;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.http.Problem;
import java.util.concurrent.Executor;

/// A path that is read as [Reads] does it and also acted on as [Acts] does it.
final class Writes implements HttpService {
    private final Reads reads;
    private final Acts acts;

    Writes(Route get, Act post, Executor workers) {
        this.reads = new Reads(get, workers);
        this.acts = new Acts(post, workers);
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return switch (request.method()) {
            case GET, HEAD -> reads.serve(context, request);
            case POST -> acts.serve(context, request);
            default -> Problem.methodNotAllowed(request.method(), context.path(), "GET, HEAD, POST");
        };
    }
}
