package io.meshtrail.acceptance;

import com.google.protobuf.Timestamp;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.core.v3.RequestMethod;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.data.accesslog.v3.AccessLogCommon;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage.HTTPAccessLogEntries;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage.Identifier;
import java.time.Instant;
import java.util.List;

/// Messages of Envoy's access log service as Envoy's own classes make them.
final class AccessLog {
    private AccessLog() {}

    /// A GET that orders' sidecar passed on to its application.
    static HTTPAccessLogEntry.Builder request(String requestId) {
        return at(requestId, Instant.now());
    }

    /// The same, begun at another time.
    static HTTPAccessLogEntry.Builder at(String requestId, Instant start) {
        HTTPAccessLogEntry.Builder entry = HTTPAccessLogEntry.newBuilder()
                .setProtocolVersion(HTTPAccessLogEntry.HTTPVersion.HTTP11)
                .setCommonProperties(AccessLogCommon.newBuilder()
                        .setDownstreamRemoteAddress(address("10.0.0.11", 40_000))
                        .setDownstreamLocalAddress(address("10.0.0.12", 8080))
                        .setUpstreamCluster("inbound|8080||")
                        .setStartTime(Timestamp.newBuilder()
                                .setSeconds(start.getEpochSecond())
                                .setNanos(start.getNano())));
        entry.getRequestBuilder()
                .setRequestMethod(RequestMethod.GET)
                .setAuthority("orders.shop")
                .setPath("/orders/list")
                .setRequestId(requestId);
        entry.getResponseBuilder().setResponseCode(UInt32Value.of(200)).setResponseCodeDetails("via_upstream");
        return entry;
    }

    static byte[] message(List<HTTPAccessLogEntry> entries) {
        return anonymous(entries).toByteArray();
    }

    /// The first message of a stream, which alone says who speaks.
    static byte[] first(String node, List<HTTPAccessLogEntry> entries) {
        return anonymous(entries).toBuilder()
                .setIdentifier(Identifier.newBuilder()
                        .setNode(Node.newBuilder().setId(node))
                        .setLogName("acceptance"))
                .build()
                .toByteArray();
    }

    private static StreamAccessLogsMessage anonymous(List<HTTPAccessLogEntry> entries) {
        return StreamAccessLogsMessage.newBuilder()
                .setHttpLogs(HTTPAccessLogEntries.newBuilder().addAllLogEntry(entries))
                .build();
    }

    private static Address address(String ip, int port) {
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder().setAddress(ip).setPortValue(port))
                .build();
    }
}
