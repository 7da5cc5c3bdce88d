package io.meshtrail.app;

import io.meshtrail.ingest.Exports;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.consul.ConsulAuditDecoder;
import io.meshtrail.source.consul.ConsulEnvoyDecoder;
import io.meshtrail.source.envoy.EnvoyMetricStream;
import io.meshtrail.source.envoyjson.EnvoyJsonDecoder;
import io.meshtrail.source.hubble.HubbleDecoder;
import io.meshtrail.source.istio.IstioJsonDecoder;
import io.meshtrail.source.istio.IstioTextDecoder;
import io.meshtrail.source.kubernetes.KubernetesAuditDecoder;
import io.meshtrail.source.kuma.KumaDecoder;
import io.meshtrail.source.linkerd.LinkerdAccessDecoder;
import io.meshtrail.source.linkerd.LinkerdProxyDecoder;
import io.meshtrail.source.otlp.OtlpLogDecoder;
import io.meshtrail.source.otlp.OtlpMetricDecoder;
import io.meshtrail.source.prometheus.RemoteWriteDecoder;
import io.meshtrail.source.ztunnel.ZtunnelDecoder;
import java.util.List;

/// The formats that the server understands: one line a format.
public final class Decoders {
    private Decoders() {}

    public static List<Decoder> all(Mask mask) {
        return List.of(
                new KubernetesAuditDecoder(mask),
                new IstioJsonDecoder(mask),
                new IstioTextDecoder(mask),
                new EnvoyJsonDecoder(mask),
                new ZtunnelDecoder(mask),
                new LinkerdProxyDecoder(mask),
                new LinkerdAccessDecoder(mask),
                new ConsulEnvoyDecoder(mask),
                new ConsulAuditDecoder(mask),
                new KumaDecoder(mask),
                new HubbleDecoder(mask));
    }

    /// What exporters and collectors send; the lines of others in OTLP logs go to their decoders.
    public static Exports exports(Mask mask) {
        return new Exports(
                new OtlpLogDecoder(mask, all(mask)),
                new OtlpMetricDecoder(),
                new RemoteWriteDecoder(),
                EnvoyMetricStream::new);
    }
}
