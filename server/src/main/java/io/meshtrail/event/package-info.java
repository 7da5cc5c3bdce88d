/// The normalised fact: what happened between workloads, and its frozen bytes.
///
/// In: what a decoder understood, field by field. Out: an immutable [AuditEvent] and its canonical bytes, the
/// entry.
/// Always: an encoded event decodes to an equal event, and encodes again to the same bytes. The codec of a
/// version
/// never
/// changes; `docs/formats/entry.md` has the vectors.
/// Start at [AuditEvent], then [Field], then [EventCodec].
@NullMarked
package io.meshtrail.event;

import org.jspecify.annotations.NullMarked;
