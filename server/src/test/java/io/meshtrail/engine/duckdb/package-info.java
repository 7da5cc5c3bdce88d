@org.jspecify.annotations.NullMarked
package io.meshtrail.engine.duckdb;
