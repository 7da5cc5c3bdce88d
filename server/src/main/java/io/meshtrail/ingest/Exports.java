package io.meshtrail.ingest;

import io.meshtrail.source.ExportDecoder;

/// The decoders of what exporters and collectors send.
///
/// @param logs OTLP logs
public record Exports(ExportDecoder logs) {}
