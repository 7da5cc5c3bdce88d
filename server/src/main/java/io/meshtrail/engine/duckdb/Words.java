package io.meshtrail.engine.duckdb;

import java.sql.SQLException;

/// What the engine says when it refuses, without the wrapping that 1.5.6 puts around it.
final class Words {
    private static final String WRAPPING = "Attempting to execute an unsuccessful or closed pending query result";
    private static final int MOST_SQL = 200;

    private Words() {}

    static String of(SQLException refused) {
        String words = String.valueOf(refused.getMessage());
        int wrapped = words.indexOf(WRAPPING);
        int real = words.indexOf("Error: ", wrapped < 0 ? words.length() : wrapped + WRAPPING.length());
        return real < 0 ? words : words.substring(real + "Error: ".length());
    }

    static String shortened(String sql) {
        return sql.length() <= MOST_SQL ? sql : sql.substring(0, MOST_SQL) + "...";
    }
}
