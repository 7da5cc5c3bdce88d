package io.meshtrail.ingest;

import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.common.SerializationFormat;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.HttpServiceWithRoutes;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.netty.util.AttributeKey;
import java.util.Set;
import java.util.concurrent.Executor;

/// Envoy's Access Log Service v3 over gRPC: opens an [AccessLogStream] for each call.
final class AccessLogService {
    static final String SERVICE = "envoy.service.accesslog.v3.AccessLogService";

    private static final Set<SerializationFormat> PROTOBUF_ONLY = Set.of(GrpcSerializationFormats.PROTO);

    /// Set once a call was counted: its end is told of more than once.
    private static final AttributeKey<Boolean> OVERSIZED = AttributeKey.valueOf(AccessLogService.class, "OVERSIZED");

    private final StreamDecoders decoders;
    private final Door door;
    private final IngestLimits limits;
    private final Executor workers;

    AccessLogService(StreamDecoders decoders, Door door, IngestLimits limits, Executor workers) {
        this.decoders = decoders;
        this.door = door;
        this.limits = limits;
        this.workers = workers;
    }

    HttpServiceWithRoutes toHttpService() {
        MethodDescriptor<byte[], byte[]> method = MethodDescriptor.newBuilder(RawBytes.MARSHALLER, RawBytes.MARSHALLER)
                .setType(MethodDescriptor.MethodType.CLIENT_STREAMING)
                .setFullMethodName(SERVICE + "/StreamAccessLogs")
                .build();
        return GrpcService.builder()
                .addService(ServerServiceDefinition.builder(SERVICE)
                        .addMethod(method, this::open)
                        .build())
                .supportedSerializationFormats(PROTOBUF_ONLY)
                .maxRequestMessageLength(limits.messageBytes())
                .useMethodMarshaller(true)
                .useClientTimeoutHeader(false)
                .exceptionHandler(this::failed)
                .build();
    }

    private ServerCall.Listener<byte[]> open(ServerCall<byte[], byte[]> call, Metadata headers) {
        ServiceRequestContext context = ServiceRequestContext.current();
        String peer = context.remoteAddress().getAddress().getHostAddress();
        AccessLogStream stream = new AccessLogStream(
                new ArmeriaCall(call, context.eventLoop()),
                decoders.open(peer),
                peer,
                door,
                limits.streamAsked(),
                workers);
        stream.start();
        return stream;
    }

    private Status failed(RequestContext context, Status status, Throwable cause, Metadata trailers) {
        if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED && !context.hasAttr(OVERSIZED)) {
            context.setAttr(OVERSIZED, true);
            door.metrics().oversized();
        }
        return status;
    }
}
