package io.meshtrail.source.istio;

import io.meshtrail.envoy.TextLayout;
import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.EnvoyLog;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Origin;
import io.meshtrail.source.Records;
import java.util.List;

/// Reads Istio's text access log: its default format, that of before Istio 1.9, that with the peer's name, and
/// Envoy's own default.
///
/// A client writes into such a line without being escaped, so it is read strictly: see [TextLayout] for quotes
/// and [Records.Reader#isRest] for line ends.
public final class IstioTextDecoder implements Decoder, Records.Reader {
    private static final String BEHIND =
            "\"x_forwarded_for\" \"user_agent\" \"request_id\" \"authority\" \"upstream_host\"";
    private static final String PLACES = " upstream_cluster upstream_local_address downstream_local_address"
            + " downstream_remote_address requested_server_name ";
    private static final String VOLUMES = "bytes_received bytes_sent duration upstream_service_time ";
    private static final String START = "[start_time] \"request\" response_code response_flags ";
    private static final String DETAILED = START
            + "response_code_details connection_termination_details \"upstream_transport_failure_reason\" " + VOLUMES
            + BEHIND + PLACES;

    private static final List<TextLayout> LAYOUTS = List.of(
            TextLayout.of(DETAILED + "route_name"),
            TextLayout.of(DETAILED + "peer_uri_san route_name"),
            TextLayout.of(START + "\"mixer_status\" \"upstream_transport_failure_reason\" " + VOLUMES + BEHIND + PLACES
                    + "route_name"),
            TextLayout.of(START + VOLUMES + BEHIND));

    private final EnvoyLog log;

    public IstioTextDecoder() {
        this(Mask.DEFAULT);
    }

    public IstioTextDecoder(Mask mask) {
        this.log = new EnvoyLog(mask, new IstioDialect());
    }

    @Override
    public String format() {
        return "istio-text";
    }

    @Override
    public List<Decoded> decode(byte[] body, Hints hints) {
        return Records.read(body, hints, this);
    }

    @Override
    public Decoded json(Json record, Origin origin) {
        return origin.rejected("a JSON record: its format is istio-json");
    }

    @Override
    public Decoded text(String line, Origin origin) {
        if (EnvoyLog.isDiagnostic(line)) {
            return new Decoded.Ignored("a diagnostic line of the proxy");
        }
        return TextLayout.read(LAYOUTS, line)
                .map(record -> log.text(record, line, origin))
                .orElseGet(() -> origin.rejected(complaint(line)));
    }

    @Override
    public boolean isRest(String line) {
        return TextLayout.isRest(LAYOUTS, line);
    }

    private static String complaint(String line) {
        if (!line.startsWith("[")) {
            return "not a line of the text access log: it starts with no time in brackets";
        }
        return TextLayout.endsOpen(line)
                ? "the line ends inside quotes"
                : "its words fit none of the known text formats, or it has two ends of a request";
    }
}
