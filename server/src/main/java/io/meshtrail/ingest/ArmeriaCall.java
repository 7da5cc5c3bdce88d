package io.meshtrail.ingest;

import com.linecorp.armeria.common.ContextAwareEventLoop;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// A gRPC call on its event loop: a [ServerCall] is for one thread only.
final class ArmeriaCall implements AccessLogCall {
    private static final byte[] EMPTY_MESSAGE = new byte[0];

    private final ServerCall<byte[], byte[]> call;
    private final ContextAwareEventLoop eventLoop;

    ArmeriaCall(ServerCall<byte[], byte[]> call, ContextAwareEventLoop eventLoop) {
        this.call = call;
        this.eventLoop = eventLoop;
    }

    @Override
    public void request() {
        eventLoop.execute(() -> call.request(1));
    }

    @Override
    public void close(Status status) {
        eventLoop.execute(() -> {
            if (call.isCancelled()) {
                return;
            }
            if (status.isOk()) {
                call.sendHeaders(new Metadata());
                call.sendMessage(EMPTY_MESSAGE);
            }
            call.close(status, new Metadata());
        });
    }

    @Override
    public void later(Duration wait, Runnable task) {
        Future<?> _ = eventLoop.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
    }
}
