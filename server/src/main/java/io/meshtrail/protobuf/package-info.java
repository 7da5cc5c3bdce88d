/// Protobuf's wire format, walked over without a schema and without copies.
///
/// In: an array of bytes that anybody may have written. Out: fields one by one, as numbers and places in
/// the array. Always: each step checks its bounds, and one invalid byte in a text costs nothing but that
/// byte. Start at [ProtoReader].
@NullMarked
package io.meshtrail.protobuf;

import org.jspecify.annotations.NullMarked;
