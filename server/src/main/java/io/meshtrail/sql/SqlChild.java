package io.meshtrail.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A process that does what [SqlWorker] says, seen from outside.
public interface SqlChild {
    OutputStream requests();

    InputStream answers();

    /// Ends it at once, whatever it does. Its streams end.
    void kill();

    /// Starts one.
    interface Starter {
        SqlChild start() throws IOException;
    }
}
