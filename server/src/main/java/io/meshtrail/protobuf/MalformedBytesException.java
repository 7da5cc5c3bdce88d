package io.meshtrail.protobuf;

/// The bytes break the rules of protobuf's wire format. Whoever reads makes a rejection of it; it has no
/// stack trace, because a sender can cause any number of them.
public final class MalformedBytesException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedBytesException(String what, int at) {
        super(what + " at byte " + at, null, false, false);
    }
}
