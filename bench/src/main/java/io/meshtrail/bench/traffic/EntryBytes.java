package io.meshtrail.bench.traffic;

import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.RequestMethod;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.data.accesslog.v3.AccessLogCommon;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry.HTTPVersion;
import io.envoyproxy.envoy.data.accesslog.v3.TLSProperties;
import io.envoyproxy.envoy.data.accesslog.v3.TLSProperties.CertificateProperties;
import io.envoyproxy.envoy.data.accesslog.v3.TLSProperties.CertificateProperties.SubjectAltName;
import io.envoyproxy.envoy.data.accesslog.v3.TLSProperties.TLSVersion;

/// One call as its server's sidecar logs it, built with Envoy's own classes. What differs from call to
/// call has a marker that [EntryTemplate] finds in the bytes.
final class EntryBytes {
    static final String ID = "00000000";
    static final String REQUEST_ID = "f0000000-0000-4000-8000-00000000000f";
    static final String TRACE = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";
    static final String SPAN = "dddddddddddddddd";
    static final long SECONDS = Integer.MAX_VALUE;
    static final int NANOS = 999_999_999;
    static final int DURATION_NANOS = 888_888_888;
    static final int SOURCE_PORT = 61_111;
    static final int RESPONSE_BYTES = 1_234_567;

    /// What makes an entry larger than a sidecar would: text that no compressor shrinks much; empty for
    /// none.
    private final String padding;

    EntryBytes(String padding) {
        this.padding = padding;
    }

    /// A call that the application answered.
    byte[] allowed(Service from, Service to, RequestMethod method, String path, int status) {
        HTTPAccessLogEntry.Builder entry = entry(from, to, method, path);
        entry.getCommonPropertiesBuilder().setUpstreamRemoteAddress(address(to.address(), to.port()));
        entry.getResponseBuilder().setResponseCode(UInt32Value.of(status)).setResponseCodeDetails("via_upstream");
        return entry.build().toByteArray();
    }

    /// A call that a policy denied.
    byte[] denied(Service from, Service to, RequestMethod method, String path, String policy) {
        HTTPAccessLogEntry.Builder entry = entry(from, to, method, path);
        entry.getCommonPropertiesBuilder()
                .getMetadataBuilder()
                .putFilterMetadata(
                        "envoy.filters.http.rbac",
                        Struct.newBuilder()
                                .putFields("enforced_effective_policy_id", text(policy))
                                .putFields("enforced_engine_result", text("denied"))
                                .build());
        entry.getResponseBuilder()
                .setResponseCode(UInt32Value.of(403))
                .setResponseCodeDetails("rbac_access_denied_matched_policy[" + policy + "]");
        return entry.build().toByteArray();
    }

    private HTTPAccessLogEntry.Builder entry(Service from, Service to, RequestMethod method, String path) {
        HTTPAccessLogEntry.Builder entry = HTTPAccessLogEntry.newBuilder().setProtocolVersion(HTTPVersion.HTTP2);
        entry.setCommonProperties(AccessLogCommon.newBuilder()
                .setDownstreamRemoteAddress(address(from.address(), SOURCE_PORT))
                .setDownstreamLocalAddress(address(to.address(), to.port()))
                .setTlsProperties(mtls(from, to))
                .setStartTime(Timestamp.newBuilder().setSeconds(SECONDS).setNanos(NANOS))
                .setUpstreamCluster("inbound|" + to.port() + "||")
                .setRouteName("default")
                .setDuration(Duration.newBuilder().setNanos(DURATION_NANOS))
                .putCustomTags("traceparent", "00-" + TRACE + "-" + SPAN + "-01"));
        if (!padding.isEmpty()) {
            entry.getCommonPropertiesBuilder().putCustomTags("padding", padding);
        }
        entry.getRequestBuilder()
                .setRequestMethod(method)
                .setAuthority(to.host() + ":" + to.port())
                .setPath(path)
                .setUserAgent(from.agent())
                .setRequestId(REQUEST_ID);
        entry.getResponseBuilder().setResponseBodyBytes(RESPONSE_BYTES);
        return entry;
    }

    private static TLSProperties mtls(Service from, Service to) {
        return TLSProperties.newBuilder()
                .setTlsVersion(TLSVersion.TLSv1_3)
                .setTlsCipherSuite(UInt32Value.of(0x1302))
                .setTlsSniHostname("outbound_." + to.port() + "_._." + to.host())
                .setLocalCertificateProperties(certificate(to.identity()))
                .setPeerCertificateProperties(certificate(from.identity()))
                .build();
    }

    private static CertificateProperties certificate(String identity) {
        return CertificateProperties.newBuilder()
                .addSubjectAltName(SubjectAltName.newBuilder().setUri(identity))
                .build();
    }

    private static Address address(String ip, int port) {
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder().setAddress(ip).setPortValue(port))
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
