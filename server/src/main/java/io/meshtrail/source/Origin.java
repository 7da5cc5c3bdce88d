package io.meshtrail.source;

import java.util.Optional;
import java.util.OptionalLong;

/// Where a record stood, and what is known of it besides its text.
///
/// @param number 1-based: the line, or the item of a list
/// @param identity what a repetition is recognised by
/// @param damage of bytes that were not UTF-8, see [Utf8]
/// @param written when the container runtime wrote the line, in nanoseconds since 1970
public record Origin(int number, byte[] identity, Optional<String> damage, OptionalLong written, Hints hints) {
    public Decoded.Rejection rejected(String reason) {
        return new Decoded.Rejection(number, reason);
    }
}
