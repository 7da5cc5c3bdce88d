package io.meshtrail.source.envoy;

import io.meshtrail.protobuf.Span;

/// What one log entry says: numbers, and places in the message's bytes. One object serves a whole stream and is
/// cleared for each entry, so that reading an entry copies nothing.
final class EntryFacts {
    static final long UNKNOWN = -1;

    byte[] bytes = {};
    boolean http;

    // AccessLogCommon
    final AddressFacts remote = new AddressFacts();
    final AddressFacts local = new AddressFacts();
    final AddressFacts direct = new AddressFacts();
    final AddressFacts upstream = new AddressFacts();
    final TlsFacts tls = new TlsFacts();
    final RbacFacts httpRbac = new RbacFacts();
    final RbacFacts networkRbac = new RbacFacts();
    boolean started;
    long startSeconds;
    long startNanos;
    long duration;
    long lastByte;
    long cluster;
    long flags;
    long upstreamFailure;
    long downstreamFailure;
    long route;
    long termination;
    long streamId;
    long attempts;

    /// A number of `AccessLogType`, perhaps a newer one; 0 is `NotSet`, as listener logs have it.
    int logType;

    boolean auditMarked;
    long inspectorFailure;
    final SpanList tags = new SpanList();

    /// The Struct that the JWT filter left: one payload of claims for each provider.
    long tokens;

    // filter state
    long peerPrincipal;
    long localPrincipal;
    long downstreamPeer;
    long upstreamPeer;

    // TCP
    long receivedBytes;
    long sentBytes;

    // HTTP
    int protocol;
    int method;
    long authority;
    long path;
    long userAgent;
    long referer;
    long forwardedFor;
    long requestId;
    long originalPath;
    long requestBody;
    final SpanList requestHeaders = new SpanList();
    long status;
    long responseBody;
    long details;
    final SpanList responseHeaders = new SpanList();
    final SpanList responseTrailers = new SpanList();

    void clear(byte[] message, boolean isHttp) {
        bytes = message;
        http = isHttp;
        remote.clear();
        local.clear();
        direct.clear();
        upstream.clear();
        tls.clear();
        httpRbac.clear();
        networkRbac.clear();
        started = false;
        startSeconds = 0;
        startNanos = 0;
        duration = UNKNOWN;
        lastByte = UNKNOWN;
        cluster = Span.NONE;
        flags = 0;
        upstreamFailure = Span.NONE;
        downstreamFailure = Span.NONE;
        route = Span.NONE;
        termination = Span.NONE;
        streamId = Span.NONE;
        attempts = 0;
        logType = 0;
        auditMarked = false;
        inspectorFailure = Span.NONE;
        tags.clear();
        tokens = Span.NONE;
        peerPrincipal = Span.NONE;
        localPrincipal = Span.NONE;
        downstreamPeer = Span.NONE;
        upstreamPeer = Span.NONE;
        receivedBytes = isHttp ? UNKNOWN : 0;
        sentBytes = isHttp ? UNKNOWN : 0;
        protocol = 0;
        method = 0;
        authority = Span.NONE;
        path = Span.NONE;
        userAgent = Span.NONE;
        referer = Span.NONE;
        forwardedFor = Span.NONE;
        requestId = Span.NONE;
        originalPath = Span.NONE;
        requestBody = 0;
        requestHeaders.clear();
        status = 0;
        responseBody = 0;
        details = Span.NONE;
        responseHeaders.clear();
        responseTrailers.clear();
    }

    /// Whether it tells of a connection: a TCP entry, or the HTTP entry without method and protocol that
    /// Istio's HTTP logger writes for one.
    boolean isConnection() {
        return !http || (method == 0 && protocol == 0);
    }

    /// What the RBAC filter said that is nearest to the request: HTTP before network.
    RbacFacts rbac() {
        return httpRbac.present() ? httpRbac : networkRbac;
    }

    /// Whether the peer proved its certificate.
    boolean peerVerified() {
        return downstreamFailure == Span.NONE && tls.negotiated() && tls.peer.present();
    }
}
