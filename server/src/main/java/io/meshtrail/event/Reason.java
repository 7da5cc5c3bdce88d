package io.meshtrail.event;

/// Why an event ended as it did: the closed list of codes of the field `reason`. A test holds
/// `docs/reference/reasons.md`
/// against this list.
public enum Reason {
    // TLS on the way in
    PLAINTEXT_ON_MTLS("the caller spoke plaintext to a port that demands mutual TLS"),
    CERTIFICATE_EXPIRED("the peer's certificate is outside its validity"),
    UNKNOWN_CA("the peer's certificate leads to no trusted root"),
    SAN_MISMATCH("the peer's certificate names another identity than allowed"),
    NO_CLIENT_CERTIFICATE("the caller sent no certificate"),
    CERTIFICATE_REVOKED("the peer's certificate is revoked"),
    CERTIFICATE_REJECTED("the peer's certificate was refused for another reason"),
    PEER_REJECTED_CERTIFICATE("the peer refused our certificate"),
    NO_SHARED_PROTOCOL("the two sides share no TLS version or cipher"),
    HANDSHAKE_TIMEOUT("the handshake did not end in time"),
    CERTIFICATE_UNAVAILABLE("the proxy had no certificate of its own yet"),
    PROTOCOL_ERROR("the bytes did not follow the protocol"),
    // connections
    NO_FILTER_CHAIN("no filter chain of the listener matched the connection"),
    POLICY_DENIED("a policy denied it"),
    NO_POLICY_MATCHED("policies exist for the target and none of them allowed it"),
    MTLS_REQUIRED("the target demands mutual TLS"),
    POLICY_CHANGED("an open connection was cut because the policy changed"),
    // tokens
    TOKEN_MISSING("a token is demanded and none was sent"),
    TOKEN_EXPIRED("the token is past its time"),
    TOKEN_NOT_YET_VALID("the token's time has not come"),
    TOKEN_INVALID("the token's form or signature is wrong"),
    TOKEN_WRONG_AUDIENCE("the token is for another audience"),
    TOKEN_WRONG_ISSUER("the token's issuer is not configured"),
    TOKEN_KEYS_UNAVAILABLE("the keys to check the token with could not be had"),
    // outside judges
    EXT_AUTHZ_DENIED("the external authorizer denied it"),
    EXT_AUTHZ_FAILED("the external authorizer could not be asked"),
    RATE_LIMITED("a rate limit was reached"),
    RATE_LIMIT_FAILED("the rate limiter could not be asked"),
    // towards the upstream
    UPSTREAM_TLS_FAILED("the TLS handshake with the upstream failed"),
    UPSTREAM_UNREACHABLE("no connection to the upstream could be made"),
    UPSTREAM_TIMEOUT("the upstream did not answer in time"),
    UPSTREAM_RESET("the upstream closed or reset the stream"),
    UPSTREAM_RETRIES_EXHAUSTED("all tries that are allowed towards the upstream were used up"),
    UPSTREAM_OVERFLOW("a limit on the upstream was reached"),
    UPSTREAM_PROTOCOL_ERROR("the upstream broke the protocol"),
    NO_HEALTHY_UPSTREAM("no healthy host of the upstream was left"),
    NO_ROUTE("no route matched"),
    NO_CLUSTER("the route's cluster does not exist"),
    DNS_FAILED("the upstream's name could not be resolved"),
    // from the downstream and in the proxy
    CLIENT_DISCONNECTED("the caller left before the end"),
    BAD_REQUEST("the request was malformed"),
    TIMEOUT("a time limit of the proxy was reached"),
    OVERLOADED("the proxy shed load"),
    FAULT_INJECTED("a configured fault was injected"),
    CONFIGURATION_MISSING("a part of the proxy's configuration was missing"),
    APPLICATION_REFUSED("the application itself answered 401 or 403"),
    // control plane
    FORBIDDEN("the caller may not do this"),
    UNAUTHENTICATED("the caller did not prove who it is"),
    CONFLICT("the object had changed meanwhile or exists already"),
    NOT_FOUND("the object does not exist"),
    INVALID("the object was refused as invalid"),
    ADMISSION_DENIED("an admission webhook or policy refused it"),
    THROTTLED("the API server asked the caller to wait"),
    SERVER_ERROR("the server failed"),
    DRY_RUN("nothing was persisted: a dry run"),
    NO_CHANGE("the write left the object as it was"),
    // ours
    DROPPED_BY_PROXY("the proxy itself dropped them, its buffer was full"),
    UNKNOWN_TAIL("the proxy had sent them on a connection that broke"),
    RESTART("the proxy had counted them before it restarted, and they never arrived"),
    UNATTRIBUTABLE("the proxy counted them and they did not arrive; its counters do not tell why"),
    UNDECODABLE("the input of a known producer could not be decoded"),
    OTHER("none of the other codes fits; `detail` has the words");

    private final String code = name().toLowerCase(java.util.Locale.ROOT);
    private final String meaning;

    Reason(String meaning) {
        this.meaning = meaning;
    }

    /// The word in entries and queries.
    public String code() {
        return code;
    }

    /// One sentence for people, without a capital or a full stop.
    public String meaning() {
        return meaning;
    }
}
