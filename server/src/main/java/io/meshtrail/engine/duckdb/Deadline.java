package io.meshtrail.engine.duckdb;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Cancels one statement when its time is over. A virtual thread waits beside the statement and is gone when
/// [#close] returns, so a late cancel can never hit the next statement of the connection.
final class Deadline implements AutoCloseable {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread watcher;
    private volatile boolean passed;

    private Deadline(Statement statement, long nanos) {
        watcher = Thread.ofVirtual().name("engine deadline").start(() -> await(statement, nanos));
    }

    static Deadline watch(Statement statement, long nanos) {
        return new Deadline(statement, nanos);
    }

    boolean passed() {
        return passed;
    }

    /// The first cancel may come a moment before the statement has begun and then does nothing: it is
    /// repeated until the statement has ended.
    private void await(Statement statement, long nanos) {
        try {
            boolean ended = done.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            while (!ended) {
                passed = true;
                statement.cancel();
                ended = done.await(20, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException | SQLException over) {
            // Nobody interrupts this thread, and a statement that cannot be cancelled has ended.
            passed = passed || done.getCount() > 0;
        }
    }

    @Override
    public void close() {
        done.countDown();
        boolean interrupted = false;
        while (watcher.isAlive()) {
            try {
                watcher.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
