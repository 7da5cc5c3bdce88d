package io.meshtrail.source.envoyjson;

import io.meshtrail.envoy.Dialect;
import io.meshtrail.envoy.KeyNames;
import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.EnvoyLog;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Origin;
import io.meshtrail.source.Records;
import java.util.List;

/// Reads the JSON access log of an Envoy that no mesh configures, or of a gateway made of one: the keys
/// are the operator's choice, so the usual names of each are known.
public final class EnvoyJsonDecoder implements Decoder, Records.Reader {
    private final EnvoyLog log;

    public EnvoyJsonDecoder(Mask mask) {
        this.log = new EnvoyLog(mask, new PlainDialect());
    }

    @Override
    public String format() {
        return "envoy-json";
    }

    @Override
    public List<Decoded> decode(byte[] body, Hints hints) {
        return Records.read(body, hints, this);
    }

    @Override
    public Decoded json(Json record, Origin origin) {
        return log.json(record, origin);
    }

    @Override
    public Decoded text(String line, Origin origin) {
        return EnvoyLog.isDiagnostic(line)
                ? new Decoded.Ignored("a diagnostic line of the proxy")
                : origin.rejected("not a JSON object");
    }

    private record PlainDialect() implements Dialect {
        @Override
        public String mesh() {
            return "envoy";
        }

        @Override
        public Json named(Json record) {
            return KeyNames.read(record);
        }

        /// Keys with the name of the operator that Envoy fills from the certificates of a handshake it
        /// made.
        @Override
        public boolean isProven(String key) {
            return key.endsWith("_uri_san");
        }
    }
}
