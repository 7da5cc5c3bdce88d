/// What a mesh sends, understood: the port [Decoder] and one sub-package per wire format, none knowing another.
///
/// In: bytes as they arrived. Out: one [Decoded] for each input record. Always: any bytes give events, ignored
/// records
/// or
/// rejections, never an exception; secrets are masked before an event leaves a decoder. A decoder is pure: it
/// knows no
/// network, clock or file.
/// Start at [Decoder].
@NullMarked
package io.meshtrail.source;

import org.jspecify.annotations.NullMarked;
