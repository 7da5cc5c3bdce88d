/// The made-up mesh tells the same story for the same seed, in entries of exactly 25 fields.
@org.jspecify.annotations.NullMarked
package io.meshtrail.bench.traffic;
