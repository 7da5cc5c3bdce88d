package io.meshtrail.ingest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Status;
import io.meshtrail.http.Problem;
import java.util.List;
import java.util.Locale;

/// Whatever else is asked of the ingest listener: told, in the caller's own protocol, what there is instead.
final class UnknownRoute implements HttpService {
    private static final String GRPC = "application/grpc";

    private final String known;

    UnknownRoute(List<String> routes) {
        this.known = String.join(", ", routes);
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        String words = context.path() + " is not served here; served are " + known;
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        if (!type.toLowerCase(Locale.ROOT).startsWith(GRPC)) {
            return Problem.notFound(words).toResponse();
        }
        return HttpResponse.of(ResponseHeaders.builder(HttpStatus.OK)
                .set(HttpHeaderNames.CONTENT_TYPE, GRPC)
                .setInt("grpc-status", Status.Code.UNIMPLEMENTED.value())
                .set("grpc-message", words.replaceAll("[^ -$&-~]", "?"))
                .endOfStream(true)
                .build());
    }
}
