/// The receivers: gRPC streams and HTTP bodies in, submissions out to the ledger's door.
///
/// In: bytes of a mesh. Out: batches of events for the [io.meshtrail.event.EventSink], and to the sender an
/// answer once they are durable. Always: nothing is acknowledged before it is durable; pressure reaches the
/// sender as flow control or as 503, before anything is stored; one bad sender harms no other; what is
/// refused is counted by its producer. It knows no mesh: decoders are given to it. Start at [IngestServer],
/// then [AccessLogStream] and [IngestRoute].
@NullMarked
package io.meshtrail.ingest;

import org.jspecify.annotations.NullMarked;
