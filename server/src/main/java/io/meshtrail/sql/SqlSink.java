package io.meshtrail.sql;

import io.meshtrail.engine.Sandbox;
import io.meshtrail.json.Json;
import io.meshtrail.query.Coverage;
import java.io.IOException;
import java.util.List;

/// Takes an answer piece by piece.
public interface SqlSink {
    /// Called once, before the first row.
    void columns(List<Sandbox.Column> columns) throws IOException;

    /// @param row one value for each column
    void row(Json row) throws IOException;

    /// Called once, after the last row.
    ///
    /// @param coverage what the rows rest on; `missing` says so too if there are more rows than were wanted
    void end(Coverage coverage) throws IOException;
}
