package io.meshtrail.source.linkerd;

import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Records;
import java.util.List;

/// Reads the diagnostic log of Linkerd's proxy, plain or JSON.
public final class LinkerdProxyDecoder implements Decoder {
    private final Mask mask;

    public LinkerdProxyDecoder(Mask mask) {
        this.mask = mask;
    }

    @Override
    public String format() {
        return "linkerd-proxy";
    }

    @Override
    public List<Decoded> decode(byte[] body, Hints hints) {
        return Records.read(body, hints, new ProxyOutput(mask));
    }
}
