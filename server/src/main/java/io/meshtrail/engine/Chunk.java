package io.meshtrail.engine;

/// Some rows of a result as whole vectors. Valid only while its reader is called; one thread.
public interface Chunk {
    int rows();

    /// A BIGINT column, or a TIMESTAMP WITH TIME ZONE one in microseconds.
    ///
    /// @throws EngineException if the column has another type
    Numbers numbers(int column);

    /// A VARCHAR column.
    ///
    /// @throws EngineException if the column has another type
    Texts texts(int column);

    /// Numbers of one column.
    interface Numbers {
        boolean isNull(int row);

        long at(int row);
    }

    /// Texts of one column: the bytes of all rows in one array.
    interface Texts {
        /// Whether the column has only NULLs in this chunk.
        boolean allNull();

        boolean isNull(int row);

        /// The UTF-8 of all rows; shared, not to be changed.
        byte[] bytes();

        /// Where the text of a row begins. It ends where the next one begins.
        int start(int row);
    }
}
