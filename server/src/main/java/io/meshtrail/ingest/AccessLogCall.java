package io.meshtrail.ingest;

import io.grpc.Status;
import java.time.Duration;

/// What a stream needs of its gRPC call. Any thread may call.
interface AccessLogCall {
    /// Asks for one more message.
    void request();

    /// Ends the call; with an empty answer if all is well.
    void close(Status status);

    /// Runs something later.
    void later(Duration wait, Runnable task);
}
