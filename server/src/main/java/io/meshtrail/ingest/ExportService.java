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

/// One method of OTLP over gRPC. It is unary, but older Envoys call it like a stream and never
/// half-close: so it is served as a stream, and the first message is answered as soon as it is durable.
final class ExportService {
    static final String LOGS = "opentelemetry.proto.collector.logs.v1.LogsService";
    static final String METRICS = "opentelemetry.proto.collector.metrics.v1.MetricsService";

    private static final Set<SerializationFormat> PROTOBUF_ONLY = Set.of(GrpcSerializationFormats.PROTO);

    /// Set once a call was counted: its end is told of more than once.
    private static final AttributeKey<Boolean> OVERSIZED = AttributeKey.valueOf(ExportService.class, "OVERSIZED");

    private final String service;
    private final ExportIntake intake;
    private final Door door;
    private final BodyRoom room;
    private final IngestLimits limits;
    private final Executor workers;

    ExportService(
            String service, ExportIntake intake, Door door, BodyRoom room, IngestLimits limits, Executor workers) {
        this.service = service;
        this.intake = intake;
        this.door = door;
        this.room = room;
        this.limits = limits;
        this.workers = workers;
    }

    HttpServiceWithRoutes toHttpService() {
        MethodDescriptor<byte[], byte[]> method = MethodDescriptor.newBuilder(RawBytes.MARSHALLER, RawBytes.MARSHALLER)
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(service + "/Export")
                .build();
        return GrpcService.builder()
                .addService(ServerServiceDefinition.builder(service)
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
        String sender = context.remoteAddress().getAddress().getHostAddress();
        call.request(1);
        return new ExportCall(call, context.eventLoop(), intake, door, room, sender, workers);
    }

    private Status failed(RequestContext context, Status status, Throwable cause, Metadata trailers) {
        if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED && !context.hasAttr(OVERSIZED)) {
            context.setAttr(OVERSIZED, true);
            door.metrics().oversized();
        }
        return status;
    }
}
