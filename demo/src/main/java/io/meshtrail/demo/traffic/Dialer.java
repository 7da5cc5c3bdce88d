package io.meshtrail.demo.traffic;

import java.io.IOException;

/// Opens a connection to one place, as one client.
@FunctionalInterface
interface Dialer {
    Wire dial() throws IOException;
}
