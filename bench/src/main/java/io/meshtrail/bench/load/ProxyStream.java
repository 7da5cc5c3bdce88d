package io.meshtrail.bench.load;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;

/// One stream of access logs, as a proxy opens it.
final class ProxyStream extends ClientCall.Listener<byte[]> {
    private static final MethodDescriptor<byte[], byte[]> METHOD = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.CLIENT_STREAMING)
            .setFullMethodName("envoy.service.accesslog.v3.AccessLogService/StreamAccessLogs")
            .setRequestMarshaller(new ByteArrays())
            .setResponseMarshaller(new ByteArrays())
            .build();

    private final ClientCall<byte[], byte[]> call;
    private boolean closed;
    private Status status = Status.OK;

    ProxyStream(Channel channel) {
        call = channel.newCall(METHOD, CallOptions.DEFAULT);
        call.start(this, new Metadata());
        call.request(1);
    }

    /// Sends a message once the server has room for it.
    void send(byte[] message) throws InterruptedException {
        synchronized (this) {
            while (!call.isReady() && !closed) {
                wait(1_000);
            }
            if (closed) {
                throw new IllegalStateException("the server ended a stream: " + status);
            }
        }
        call.sendMessage(message);
    }

    /// Says that nothing more comes.
    void finish() {
        call.halfClose();
    }

    /// Returns when the server has taken everything and closed the stream.
    synchronized void awaitClosed() throws InterruptedException {
        while (!closed) {
            wait();
        }
        if (!status.isOk()) {
            throw new IllegalStateException("a stream ended with " + status);
        }
    }

    @Override
    public synchronized void onReady() {
        notifyAll();
    }

    @Override
    public synchronized void onClose(Status end, Metadata trailers) {
        closed = true;
        status = end;
        notifyAll();
    }
}
