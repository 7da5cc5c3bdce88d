package io.meshtrail.source.envoy;

import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.core.v3.RequestMethod;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.data.accesslog.v3.AccessLogCommon;
import io.envoyproxy.envoy.data.accesslog.v3.ConnectionProperties;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry.HTTPVersion;
import io.envoyproxy.envoy.data.accesslog.v3.ResponseFlags;
import io.envoyproxy.envoy.data.accesslog.v3.TCPAccessLogEntry;
import io.envoyproxy.envoy.data.accesslog.v3.TLSProperties;
import io.envoyproxy.envoy.data.accesslog.v3.TLSProperties.CertificateProperties;
import io.envoyproxy.envoy.data.accesslog.v3.TLSProperties.CertificateProperties.SubjectAltName;
import io.envoyproxy.envoy.data.accesslog.v3.TLSProperties.TLSVersion;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage.HTTPAccessLogEntries;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage.Identifier;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage.TCPAccessLogEntries;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Log entries as Envoy's own classes make them: an ordinary one, changed by each test in the one point that
/// it is
/// about.
final class Entries {
    static final long RECEIVED = GoldenFiles.RECEIVED;
    static final long START = 1_795_528_300L;
    static final String ORDERS = "sidecar~10.0.0.12~orders-1.shop~shop.svc.cluster.local";

    private Entries() {}

    /// A GET that orders' sidecar passed on to its application, from web over mTLS.
    static HTTPAccessLogEntry.Builder request() {
        HTTPAccessLogEntry.Builder entry = HTTPAccessLogEntry.newBuilder().setProtocolVersion(HTTPVersion.HTTP11);
        entry.setCommonProperties(common().setUpstreamCluster("inbound|8080||").setTlsProperties(mtls()));
        entry.getRequestBuilder()
                .setRequestMethod(RequestMethod.GET)
                .setAuthority("orders.shop")
                .setPath("/orders/list")
                .setRequestId("f90e0a6c-65ef-49e3-92d0-01b527f51b88");
        entry.getResponseBuilder().setResponseCode(UInt32Value.of(200)).setResponseCodeDetails("via_upstream");
        return entry;
    }

    /// A request that got this answer, for this reason in Envoy's words.
    static HTTPAccessLogEntry.Builder answered(int status, String details) {
        HTTPAccessLogEntry.Builder entry = request();
        entry.getResponseBuilder().setResponseCode(UInt32Value.of(status)).setResponseCodeDetails(details);
        return entry;
    }

    static HTTPAccessLogEntry.Builder flagged(int status, String details, Consumer<ResponseFlags.Builder> flags) {
        HTTPAccessLogEntry.Builder entry = answered(status, details);
        flags.accept(entry.getCommonPropertiesBuilder().getResponseFlagsBuilder());
        return entry;
    }

    static TCPAccessLogEntry.Builder connection() {
        return TCPAccessLogEntry.newBuilder()
                .setCommonProperties(common().setTlsProperties(mtls()))
                .setConnectionProperties(
                        ConnectionProperties.newBuilder().setReceivedBytes(9).setSentBytes(7));
    }

    static TCPAccessLogEntry.Builder handshake(String failure) {
        TCPAccessLogEntry.Builder entry = connection();
        entry.getCommonPropertiesBuilder().setDownstreamTransportFailureReason(failure);
        return entry;
    }

    static void metadata(AccessLogCommon.Builder common, String namespace, Map<String, String> fields) {
        Struct.Builder struct = Struct.newBuilder();
        fields.forEach((key, value) ->
                struct.putFields(key, Value.newBuilder().setStringValue(value).build()));
        common.getMetadataBuilder().putFilterMetadata(namespace, struct.build());
    }

    static StreamAccessLogsMessage message(HTTPAccessLogEntry... entries) {
        return StreamAccessLogsMessage.newBuilder()
                .setIdentifier(identifier(ORDERS))
                .setHttpLogs(HTTPAccessLogEntries.newBuilder().addAllLogEntry(List.of(entries)))
                .build();
    }

    static StreamAccessLogsMessage message(TCPAccessLogEntry... entries) {
        return StreamAccessLogsMessage.newBuilder()
                .setIdentifier(identifier(ORDERS))
                .setTcpLogs(TCPAccessLogEntries.newBuilder().addAllLogEntry(List.of(entries)))
                .build();
    }

    static Identifier.Builder identifier(String node) {
        return Identifier.newBuilder().setNode(Node.newBuilder().setId(node)).setLogName("meshtrail");
    }

    static AuditEvent event(HTTPAccessLogEntry.Builder entry) {
        return event(message(entry.build()));
    }

    static AuditEvent event(TCPAccessLogEntry.Builder entry) {
        return event(message(entry.build()));
    }

    static AuditEvent event(StreamAccessLogsMessage message) {
        List<Decoded> decoded = decode(message.toByteArray());
        if (decoded.size() == 1 && decoded.getFirst() instanceof Decoded.Event event) {
            return event.event();
        }
        throw new AssertionError("not one event: " + decoded);
    }

    static List<Decoded> decode(byte[] message) {
        return new AlsStreamDecoder(Mask.DEFAULT).message(message, RECEIVED);
    }

    static Address address(String ip, int port) {
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder().setAddress(ip).setPortValue(port))
                .build();
    }

    static CertificateProperties certificate(String uri) {
        return CertificateProperties.newBuilder()
                .addSubjectAltName(SubjectAltName.newBuilder().setUri(uri))
                .setIssuer("O=cluster.local")
                .build();
    }

    private static AccessLogCommon.Builder common() {
        return AccessLogCommon.newBuilder()
                .setDownstreamRemoteAddress(address("10.0.0.11", 40_000))
                .setDownstreamDirectRemoteAddress(address("10.0.0.11", 40_000))
                .setDownstreamLocalAddress(address("10.0.0.12", 8080))
                .setStartTime(Timestamp.newBuilder().setSeconds(START));
    }

    private static TLSProperties.Builder mtls() {
        return TLSProperties.newBuilder()
                .setTlsVersion(TLSVersion.TLSv1_3)
                .setTlsCipherSuite(UInt32Value.of(0x1302))
                .setLocalCertificateProperties(certificate("spiffe://cluster.local/ns/shop/sa/orders"))
                .setPeerCertificateProperties(certificate("spiffe://cluster.local/ns/shop/sa/web"));
    }
}
