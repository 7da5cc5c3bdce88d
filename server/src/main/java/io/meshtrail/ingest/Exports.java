package io.meshtrail.ingest;

import io.meshtrail.source.ExportDecoder;
import io.meshtrail.source.MetricDecoder;
import io.meshtrail.source.MetricStream;
import java.util.function.Supplier;

/// The decoders of what exporters and collectors send.
///
/// @param logs OTLP logs
/// @param metrics OTLP metrics
/// @param remoteWrite what a Prometheus writes
/// @param metricStreams makes the decoder of each stream of Envoy's metrics service
public record Exports(
        ExportDecoder logs, MetricDecoder metrics, MetricDecoder remoteWrite, Supplier<MetricStream> metricStreams) {}
