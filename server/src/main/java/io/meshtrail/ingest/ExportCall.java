package io.meshtrail.ingest;

import com.linecorp.armeria.common.ContextAwareEventLoop;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.meshtrail.http.ProblemException;
import io.meshtrail.source.Hints;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One call of an exporter: its first message is taken and answered, whether or not the caller has ended
/// its side.
final class ExportCall extends ServerCall.Listener<byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(ExportCall.class);

    private final ServerCall<byte[], byte[]> call;
    private final ContextAwareEventLoop eventLoop;
    private final ExportIntake intake;
    private final Door door;
    private final BodyRoom room;
    private final String sender;
    private final Executor workers;

    /// Touched on the event loop alone.
    private boolean taken;

    ExportCall(
            ServerCall<byte[], byte[]> call,
            ContextAwareEventLoop eventLoop,
            ExportIntake intake,
            Door door,
            BodyRoom room,
            String sender,
            Executor workers) {
        this.call = call;
        this.eventLoop = eventLoop;
        this.intake = intake;
        this.door = door;
        this.room = room;
        this.sender = sender;
        this.workers = workers;
    }

    @Override
    public void onMessage(byte[] message) {
        if (taken) {
            return;
        }
        taken = true;
        workers.execute(() -> take(message));
    }

    @Override
    public void onHalfClose() {
        if (!taken) {
            close(Status.INVALID_ARGUMENT.withDescription("the call ended without a message"));
        }
    }

    private void take(byte[] message) {
        BodyRoom.Share share;
        try {
            share = room.share(message.length);
        } catch (ProblemException noRoom) {
            close(Status.UNAVAILABLE.withDescription(noRoom.problem().detail()));
            return;
        }
        CompletableFuture<?> _ = taken(message).whenComplete((outcome, failure) -> {
            share.close();
            if (failure == null) {
                answer(outcome);
                return;
            }
            LOG.error("an export of {} bytes from {} could not be taken", message.length, sender, failure);
            close(Status.UNAVAILABLE.withDescription("the export could not be taken"));
        });
    }

    private CompletableFuture<ExportIntake.Outcome> taken(byte[] message) {
        try {
            return intake.take(message, Hints.none(door.now()), sender);
        } catch (RuntimeException | StackOverflowError broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    private void answer(ExportIntake.Outcome outcome) {
        switch (outcome) {
            case ExportIntake.Outcome.Taken taken -> {
                byte[] answer = new ExportAnswer(intake.records(), taken.rejected(), taken.reasons()).protobuf();
                eventLoop.execute(() -> {
                    if (!call.isCancelled()) {
                        call.sendHeaders(new Metadata());
                        call.sendMessage(answer);
                        call.close(Status.OK, new Metadata());
                    }
                });
            }
            case ExportIntake.Outcome.Unreadable unreadable ->
                close(Status.INVALID_ARGUMENT.withDescription(ExportAnswer.message(unreadable.reasons())));
            // The code that exporters take for "come again".
            case ExportIntake.Outcome.NotNow(var pushback) ->
                close(Status.UNAVAILABLE.withDescription(pushback.reason() + "; nothing was stored"));
        }
    }

    private void close(Status status) {
        eventLoop.execute(() -> {
            if (!call.isCancelled()) {
                call.close(status, new Metadata());
            }
        });
    }
}
