package io.meshtrail.http;

/// Keeps a listener without TLS and authentication on this machine.
public final class ExposureCheck {
    private ExposureCheck() {}

    /// Refuses an address that others can reach, unless the operator has said by name that he wants it.
    ///
    /// @param listener its name for the message: `web` or `ingest`
    /// @throws IllegalArgumentException with words for the operator
    public static void check(String listener, ListenAddress address, boolean insecure) {
        if (!insecure && !address.toSocketAddress().getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("the " + listener + " listener would be reachable at " + address
                    + " without TLS and authentication; bind it to 127.0.0.1, or say --insecure if this is meant");
        }
    }
}
