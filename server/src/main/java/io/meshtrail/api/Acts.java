package io.meshtrail.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.http.Problem;
import io.meshtrail.http.ProblemErrorHandler;
import io.meshtrail.http.ProblemException;
import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import java.net.InetAddress;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Makes an [Act] a service. Until there is authentication only a program on this machine may act,
/// whatever the listener is open to; and no page of another site that runs in a browser here: such a page
/// cannot send this type of content unasked, nor call this host by the name of its own.
final class Acts implements HttpService {
    private final Act act;
    private final Executor workers;

    Acts(Act act, Executor workers) {
        this.act = act;
        this.workers = workers;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (request.method() != HttpMethod.POST) {
            return Problem.methodNotAllowed(request.method(), context.path(), "POST");
        }
        return HttpResponse.of(request.aggregate().thenApplyAsync(whole -> answer(context, whole), workers));
    }

    private HttpResponse answer(ServiceRequestContext context, AggregatedHttpRequest request) {
        try {
            requireHere(context, request);
            return act.answer(context, body(request));
        } catch (Exception cause) {
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return ProblemErrorHandler.problemOf(context, cause).toResponse();
        }
    }

    private static void requireHere(ServiceRequestContext context, AggregatedHttpRequest request) {
        InetAddress peer = context.remoteAddress().getAddress();
        if (peer == null || !peer.isLoopbackAddress() || !isLocal(request.authority())) {
            throw forbidden("only a program on the server's own machine may do this, by 127.0.0.1, [::1] or localhost");
        }
        MediaType type = request.contentType();
        if (type == null || !type.is(MediaType.JSON)) {
            throw Problem.of(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "The type of the content is not understood",
                            "send a JSON object with Content-Type: application/json")
                    .exception();
        }
    }

    private static boolean isLocal(@Nullable String authority) {
        return authority != null && authority.matches("(?i)(localhost|127\\.[0-9.]+|\\[::1])(:[0-9]+)?");
    }

    private static ProblemException forbidden(String detail) {
        return Problem.of(HttpStatus.FORBIDDEN, "This is not allowed from here", detail)
                .exception();
    }

    private static Json body(AggregatedHttpRequest request) {
        try {
            Json body = JsonReader.read(request.contentUtf8());
            if (body.isObject()) {
                return body;
            }
        } catch (JsonException notJson) {
            throw Problem.badRequest("The body is not understood", notJson.reason())
                    .exception();
        }
        throw Problem.badRequest("The body is not understood", "it is no JSON object")
                .exception();
    }
}
