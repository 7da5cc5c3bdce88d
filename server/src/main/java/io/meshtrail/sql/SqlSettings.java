package io.meshtrail.sql;

import java.time.Duration;

/// What statements may use.
///
/// @param memoryBytes of one statement, outside the Java heap of its process
/// @param threads of one statement
/// @param atOnce statements that run at the same time, each in a process of its own
/// @param limit how long an answer may take, with all that its reader waits
public record SqlSettings(long memoryBytes, int threads, int atOnce, Duration limit) {}
