package io.meshtrail.objectstore;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Content-addressed bytes.
public interface ObjectStore {
    /// Stores bytes, durably, and returns the lower-case hexadecimal SHA-256 that names them.
    String put(byte[] bytes) throws IOException;

    /// The bytes of this name, checked against it; empty if they are not here.
    ///
    /// @throws IOException also if they no longer have this hash
    Optional<byte[]> get(String sha256) throws IOException;

    /// The names of everything that is here.
    List<String> names() throws IOException;

    /// Removes what has this name, if it is here.
    void delete(String sha256) throws IOException;
}
