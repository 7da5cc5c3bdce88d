package io.meshtrail.host;

import java.io.IOException;

/// A lock on a file, held until closed or until the process ends.
public interface FileLock extends AutoCloseable {
    @Override
    void close() throws IOException;
}
