package io.meshtrail.engine;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An engine for one statement that a stranger wrote: in memory, with one view, closed to everything else.
/// One thread.
public interface Sandbox extends AutoCloseable {
    /// What the engine's own parser makes of a text, as JSON: `{"error":true,…}`, or the trees of its
    /// statements, which are all SELECTs.
    ///
    /// @throws EngineException if the parser fails
    String tree(String sql);

    /// The names, in lower case, that a FROM can mean without anybody having made them.
    Set<String> names();

    /// Runs a statement and hands out its rows while they are computed.
    ///
    /// @throws EngineException if the engine refuses or fails
    void read(String sql, RowSink sink);

    @Override
    void close();

    /// A column of a result.
    ///
    /// @param type as the engine calls it
    record Column(String name, String type) {}

    /// Takes a result.
    interface RowSink {
        /// Called once, before the first row.
        void columns(List<Column> columns);

        /// @param values null, [Boolean], [Long], [java.math.BigInteger], [java.math.BigDecimal], [Double], [String],
        ///     a [List] of such, or a [java.util.Map] from [String] to such
        /// @return whether to go on
        boolean row(List<@Nullable Object> values);
    }
}
