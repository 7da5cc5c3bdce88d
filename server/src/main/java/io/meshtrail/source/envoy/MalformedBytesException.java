package io.meshtrail.source.envoy;

/// The bytes break the rules of protobuf's wire format. It becomes a rejection within this package and has no
/// stack trace, because a sender can cause any number of them.
final class MalformedBytesException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedBytesException(String what, int at) {
        super(what + " at byte " + at, null, false, false);
    }
}
