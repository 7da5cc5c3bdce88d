package io.meshtrail.query.embedded;

import io.meshtrail.event.AuditEvent;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Makes events of rows that have all columns.
public interface EventReader {
    /// A reader of one result.
    Rows over(ResultSet rows) throws SQLException;

    /// Reads the current row of a result.
    interface Rows {
        AuditEvent event() throws SQLException;
    }
}
