/// A lenient JSON tree with hard limits, for input that others wrote.
///
/// In: text. Out: a [Json]. Always: any text gives a value or a [JsonException], in bounded depth and memory;
/// numbers stay as they were written, so that none is too large to be kept; what is nested deeper or longer than
/// the limits is replaced by a text that says so, and the rest survives.
/// Start at [JsonReader].
@NullMarked
package io.meshtrail.json;

import org.jspecify.annotations.NullMarked;
