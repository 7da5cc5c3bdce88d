package io.meshtrail.ingest;

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
import io.meshtrail.reconcile.Reconciler;
import io.meshtrail.source.MetricStream;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Envoy's metrics service v3 over gRPC. One message of a stream at a time: the next is asked for when
/// the one before was read, so that a proxy with many metrics waits and not we.
final class MetricsService {
    static final String SERVICE = "envoy.service.metrics.v3.MetricsService";

    private static final Logger LOG = LoggerFactory.getLogger(MetricsService.class);
    private static final Set<SerializationFormat> PROTOBUF_ONLY = Set.of(GrpcSerializationFormats.PROTO);
    private static final byte[] EMPTY_MESSAGE = {};

    private final Supplier<MetricStream> decoders;
    private final Reconciler reconciler;
    private final Door door;
    private final IngestLimits limits;
    private final Executor workers;

    MetricsService(
            Supplier<MetricStream> decoders, Reconciler reconciler, Door door, IngestLimits limits, Executor workers) {
        this.decoders = decoders;
        this.reconciler = reconciler;
        this.door = door;
        this.limits = limits;
        this.workers = workers;
    }

    HttpServiceWithRoutes toHttpService() {
        MethodDescriptor<byte[], byte[]> method = MethodDescriptor.newBuilder(RawBytes.MARSHALLER, RawBytes.MARSHALLER)
                .setType(MethodDescriptor.MethodType.CLIENT_STREAMING)
                .setFullMethodName(SERVICE + "/StreamMetrics")
                .build();
        return GrpcService.builder()
                .addService(ServerServiceDefinition.builder(SERVICE)
                        .addMethod(method, this::open)
                        .build())
                .supportedSerializationFormats(PROTOBUF_ONLY)
                .maxRequestMessageLength(limits.messageBytes())
                .useMethodMarshaller(true)
                .useClientTimeoutHeader(false)
                .build();
    }

    private ServerCall.Listener<byte[]> open(ServerCall<byte[], byte[]> call, Metadata headers) {
        ServiceRequestContext context = ServiceRequestContext.current();
        String peer = context.remoteAddress().getAddress().getHostAddress();
        MetricStream decoder = decoders.get();
        call.request(1);
        return new ServerCall.Listener<>() {
            @Override
            public void onMessage(byte[] message) {
                workers.execute(() -> {
                    read(decoder, message, peer);
                    context.eventLoop().execute(() -> call.request(1));
                });
            }

            @Override
            public void onHalfClose() {
                call.sendHeaders(new Metadata());
                call.sendMessage(EMPTY_MESSAGE);
                call.close(Status.OK, new Metadata());
            }
        };
    }

    /// A decoder promises to take any bytes. If one breaks the promise, only the message is lost, and
    /// loudly.
    private void read(MetricStream decoder, byte[] message, String peer) {
        door.arrived(message.length);
        try {
            reconciler.read(decoder.message(message), door.now());
        } catch (RuntimeException | StackOverflowError broken) {
            LOG.error("a report of metrics of {} bytes from {} could not be read", message.length, peer, broken);
        }
    }
}
