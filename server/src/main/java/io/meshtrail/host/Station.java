package io.meshtrail.host;

import java.io.IOException;

/// A step of an event's way: plain sequential code that owns no thread.
public interface Station {
    /// Does a bounded piece of work.
    ///
    /// @return whether more waits; if not, the caller may come again later or when [#awaitWork] says so
    boolean advance() throws IOException, InterruptedException;

    /// Waits until there may be work, or for a short while.
    default void awaitWork() throws InterruptedException {
        Thread.sleep(10);
    }
}
