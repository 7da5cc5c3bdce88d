package io.meshtrail.demo.traffic;

import io.meshtrail.demo.cast.Case;
import java.io.Closeable;
import java.io.IOException;

/// A client of one case, with the connections it keeps. Used by one thread.
interface Call extends Closeable {
    /// Makes one call.
    ///
    /// @return what it turned out to be
    /// @throws IOException when the caller saw something that no case foresees
    Case make() throws IOException;

    @Override
    default void close() throws IOException {}
}
