package io.meshtrail.app;

import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.istio.IstioJsonDecoder;
import io.meshtrail.source.istio.IstioTextDecoder;
import io.meshtrail.source.kubernetes.KubernetesAuditDecoder;
import java.util.List;

/// The formats that the server understands: one line a format.
public final class Decoders {
    private Decoders() {}

    public static List<Decoder> all(Mask mask) {
        return List.of(new KubernetesAuditDecoder(mask), new IstioJsonDecoder(mask), new IstioTextDecoder(mask));
    }
}
