/// OTLP: what the OpenTelemetry access logger of an Envoy sends, and what collectors bring from the logs
/// of a node.
///
/// In: an `ExportLogsServiceRequest`, as protobuf or JSON. Out: for each log record an event, or why
/// there is none. Always: records are read one by one, so that a broken one costs no other; a record
/// whose maker is not recognised is ignored and counted, never guessed at. Lines and audit events of
/// other sources are read by their own decoders, which are given to this package by the names of their
/// formats: it knows none of them. Start at [OtlpLogDecoder]; [Maker] says who made a record.
@NullMarked
package io.meshtrail.source.otlp;

import org.jspecify.annotations.NullMarked;
