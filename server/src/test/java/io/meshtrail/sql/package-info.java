@org.jspecify.annotations.NullMarked
package io.meshtrail.sql;
