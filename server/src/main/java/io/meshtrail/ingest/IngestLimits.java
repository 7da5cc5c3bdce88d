package io.meshtrail.ingest;

import java.time.Duration;

/// What a sender may do, and how long we wait.
///
/// @param streamBytes the byte budget of a gRPC stream: what may be lost of it when this process dies. Half
///     of it may be
///     taken and not yet durable before no more is asked for, a quarter is for the message that crosses this,
///     and a
///     quarter may travel ahead
/// @param messageBytes the largest gRPC message; a larger one ends its stream
/// @param auditBytes the largest body of Kubernetes audit events, compressed or not
/// @param linesBytes the largest body of lines, compressed or not
/// @param bodiesBytes bytes of all bodies in work at one time; more is pushed back
/// @param bodyTime how long a sender may take for one request
/// @param auditPatience how long a Kubernetes audit request waits for room before it is refused
/// @param publishPatience how long `?wait=published` and `?wait=witnessed` wait
public record IngestLimits(
        int streamBytes,
        int messageBytes,
        long auditBytes,
        long linesBytes,
        long bodiesBytes,
        Duration bodyTime,
        Duration auditPatience,
        Duration publishPatience) {
    public IngestLimits {
        if (streamBytes < 1 || messageBytes < 1 || auditBytes < 1 || linesBytes < 1 || bodiesBytes < 1) {
            throw new IllegalArgumentException("a limit below one byte");
        }
    }

    /// The limits of a server that was told none. Bodies share a quarter of the heap.
    public static IngestLimits standard() {
        return new IngestLimits(
                256 * 1024,
                16 * 1024 * 1024,
                256L * 1024 * 1024,
                64L * 1024 * 1024,
                Math.max(64L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 4),
                Duration.ofMinutes(2),
                Duration.ofMinutes(1),
                Duration.ofSeconds(30));
    }

    /// Bytes that may be taken and not yet durable before no more is asked for.
    int streamAsked() {
        return Math.max(1, streamBytes / 2);
    }

    /// Bytes that a sender may send ahead of what was asked for: the HTTP/2 window.
    int streamWindow() {
        return Math.max(16 * 1024, streamBytes / 4);
    }

    IngestLimits withStreamBytes(int bytes) {
        return new IngestLimits(
                bytes, messageBytes, auditBytes, linesBytes, bodiesBytes, bodyTime, auditPatience, publishPatience);
    }
}
