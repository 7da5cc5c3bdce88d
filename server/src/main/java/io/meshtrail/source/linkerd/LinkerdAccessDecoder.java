package io.meshtrail.source.linkerd;

import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Records;
import java.util.List;

/// Reads the access log of Linkerd's proxy, in its forms apache and json.
public final class LinkerdAccessDecoder implements Decoder {
    private final Mask mask;

    public LinkerdAccessDecoder(Mask mask) {
        this.mask = mask;
    }

    @Override
    public String format() {
        return "linkerd-access";
    }

    @Override
    public List<Decoded> decode(byte[] body, Hints hints) {
        return Records.read(body, hints, new ProxyOutput(mask));
    }
}
