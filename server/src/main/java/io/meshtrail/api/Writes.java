package io.meshtrail.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.http.Problem;
import io.meshtrail.http.ProblemErrorHandler;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Makes a path that is read and also written: GET and HEAD as [Reads] does, POST with a JSON object.
///
/// A page of another site that a browser on this machine has open must not be able to write: a body that is not
/// declared as JSON is refused, since only such may a browser send unasked, and so is one from another origin.
final class Writes implements HttpService {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Reads reads;
    private final Post post;
    private final Executor workers;

    /// Answers a POST. May block; runs on a worker.
    @FunctionalInterface
    interface Post {
        /// @param body a JSON object
        /// @throws io.meshtrail.http.ProblemException what is to be told to the caller instead
        HttpResponse answer(ServiceRequestContext context, JsonNode body) throws Exception;
    }

    Writes(Route get, Post post, Executor workers) {
        this.reads = new Reads(get, workers);
        this.post = post;
        this.workers = workers;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return switch (request.method()) {
            case GET, HEAD -> reads.serve(context, request);
            case POST ->
                HttpResponse.of(request.aggregate().thenApplyAsync(whole -> answerNow(context, whole), workers));
            default -> Problem.methodNotAllowed(request.method(), context.path(), "GET, HEAD, POST");
        };
    }

    private HttpResponse answerNow(ServiceRequestContext context, AggregatedHttpRequest request) {
        try {
            return post.answer(context, body(request));
        } catch (Exception cause) {
            return ProblemErrorHandler.problemOf(context, cause).toResponse();
        }
    }

    private static JsonNode body(AggregatedHttpRequest request) {
        @Nullable MediaType type = request.contentType();
        if (type == null || !type.is(MediaType.JSON)) {
            throw Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is not JSON", "send application/json")
                    .exception();
        }
        @Nullable String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        if (origin != null && !origin.equals("http://" + request.authority())) {
            throw Problem.of(HttpStatus.FORBIDDEN, "Another site may not write here", "the page is of " + origin)
                    .exception();
        }
        try {
            JsonNode body = JSON.readTree(request.content().array());
            if (body.isObject()) {
                return body;
            }
        } catch (JacksonException broken) {
            throw Problem.badRequest("The body is not JSON", broken.getOriginalMessage())
                    .exception();
        }
        throw Problem.badRequest("The body is not understood", "a JSON object is expected")
                .exception();
    }
}
