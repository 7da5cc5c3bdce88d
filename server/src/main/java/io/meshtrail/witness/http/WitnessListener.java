package io.meshtrail.witness.http;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.http.ListenAddress;
import io.meshtrail.http.ProblemErrorHandler;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.witness.Witness;
import io.meshtrail.witness.WitnessAnswer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A witness's listener: `POST /add-checkpoint`, `GET /<hash of origin>/checkpoint` for monitors, and its keys at `/`
/// and `/key`.
public final class WitnessListener implements AutoCloseable {
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);

    /// How long a request may take, its body included.
    private static final Duration REQUEST_TIME = Duration.ofSeconds(10);

    /// More is not read. The protocol wants 400 for a body over 64 KiB, which the witness says; this here is 413.
    private static final long LARGEST_BODY = 1 << 20;

    private final Server server;

    private WitnessListener(Server server) {
        this.server = server;
    }

    /// Builds the listener and starts it.
    ///
    /// @throws java.util.concurrent.CompletionException if the address cannot be bound
    public static WitnessListener start(ListenAddress address, Witness witness) {
        return start(address, witness, REQUEST_TIME);
    }

    static WitnessListener start(ListenAddress address, Witness witness, Duration requestTime) {
        Server server = Server.builder()
                .http(address.toSocketAddress())
                .errorHandler(new ProblemErrorHandler())
                .gracefulShutdownTimeout(Duration.ZERO, LONGEST_GOODBYE)
                .requestTimeout(requestTime)
                .maxRequestLength(LARGEST_BODY)
                .idleTimeout(Duration.ofMinutes(5))
                .route()
                .post("/add-checkpoint")
                .build((context, request) -> HttpResponse.of(
                        request.aggregate().thenCompose(whole -> addCheckpoint(context, witness, whole))))
                .route()
                .get("/{origin}/checkpoint")
                .build((context, request) -> blocking(context, () -> checkpoint(context, witness)))
                .service("/", (context, request) -> keys(witness))
                .service("/key", (context, request) -> keys(witness))
                .build();
        server.start().join();
        return new WitnessListener(server);
    }

    private static CompletableFuture<HttpResponse> addCheckpoint(
            ServiceRequestContext context, Witness witness, AggregatedHttpRequest request) {
        return CompletableFuture.supplyAsync(
                () -> {
                    WitnessAnswer answer =
                            witness.addCheckpoint(request.content().array());
                    return answer(answer.status(), MediaType.parse(answer.contentType()), answer.bytes());
                },
                context.blockingTaskExecutor());
    }

    private static HttpResponse checkpoint(ServiceRequestContext context, Witness witness) {
        Optional<SignedNote> note;
        try {
            note = witness.note(String.valueOf(context.pathParam("origin")));
        } catch (IOException damaged) {
            return HttpResponse.of(HttpStatus.INTERNAL_SERVER_ERROR, MediaType.PLAIN_TEXT_UTF_8, damaged.getMessage());
        }
        return note.map(cosigned -> answer(200, MediaType.PLAIN_TEXT_UTF_8, cosigned.bytes()))
                .orElseGet(() -> HttpResponse.of(
                        HttpStatus.NOT_FOUND, MediaType.PLAIN_TEXT_UTF_8, "nothing was cosigned for this origin\n"));
    }

    private static HttpResponse keys(Witness witness) {
        return HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, witness.verifierKeys());
    }

    private static HttpResponse blocking(
            ServiceRequestContext context, java.util.function.Supplier<HttpResponse> work) {
        return HttpResponse.of(CompletableFuture.supplyAsync(work, context.blockingTaskExecutor()));
    }

    private static HttpResponse answer(int status, MediaType type, byte[] body) {
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.valueOf(status))
                .contentType(type)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .build();
        return HttpResponse.of(headers, HttpData.wrap(body));
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return java.util.Objects.requireNonNull(server.activePort()).localAddress();
    }

    @Override
    public void close() {
        server.stop().join();
    }
}
