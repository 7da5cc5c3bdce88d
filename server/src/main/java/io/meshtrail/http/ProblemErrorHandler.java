package io.meshtrail.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ShuttingDownException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes every error of a listener problem JSON: those that routes throw and those that the HTTP layer finds.
public final class ProblemErrorHandler implements ServerErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemErrorHandler.class);

    @Override
    public HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
        return problemOf(context, cause).toResponse();
    }

    @Override
    public AggregatedHttpResponse onProtocolViolation(
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return plain(status, description).toAggregated();
    }

    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        Problem problem = status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE)
                ? tooLarge(config.maxRequestLength())
                : plain(status, description);
        return problem.toAggregated();
    }

    private static Problem tooLarge(long most) {
        return Problem.of(
                HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                "The body is too large",
                "at most " + most + " bytes are taken; nothing was stored");
    }

    /// What a throwable means to the caller. One that means nothing to him is ours: it is logged and becomes
    /// 500.
    public static Problem problemOf(ServiceRequestContext context, Throwable cause) {
        return switch (cause) {
            case CompletionException wrapper
            when wrapper.getCause() != null -> problemOf(context, java.util.Objects.requireNonNull(wrapper.getCause()));
            case ProblemException known -> known.problem();
            case HttpStatusException known
            when known.httpStatus().equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE) ->
                tooLarge(context.config().maxRequestLength());
            case HttpStatusException known -> plain(known.httpStatus(), null);
            case ContentTooLargeException tooLarge -> tooLarge(tooLarge.maxContentLength());
            case ClosedSessionException gone -> callerLeft();
            case ClosedStreamException gone -> callerLeft();
            case ShuttingDownException ending ->
                Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "The server stops", "come again when it is back")
                        .retryAfter(Duration.ofSeconds(1));
            case RequestTimeoutException late ->
                Problem.of(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "It took too long",
                                "the time limit of " + context.path() + " ran out")
                        .retryAfter(Duration.ofSeconds(1));
            default -> {
                LOG.error("{} failed", context.path(), cause);
                yield Problem.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "The server failed",
                        cause.getClass().getSimpleName() + ": " + cause.getMessage());
            }
        };
    }

    /// Nobody reads this answer; it only has to end the request.
    private static Problem callerLeft() {
        return Problem.badRequest("The caller left", "the connection was closed before the request ended");
    }

    private static Problem plain(HttpStatus status, @Nullable String description) {
        return Problem.of(status, status.reasonPhrase(), description == null ? status.reasonPhrase() : description);
    }
}
