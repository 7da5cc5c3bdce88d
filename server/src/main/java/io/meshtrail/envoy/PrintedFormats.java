package io.meshtrail.envoy;

import io.meshtrail.json.Json;
import java.util.List;
import java.util.Optional;

/// The text formats that proxies print unless they are told another: Istio's default, that of before
/// Istio 1.9, that with the peer's name, and Envoy's own.
public final class PrintedFormats {
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

    private PrintedFormats() {}

    /// The record that a line prints, under the keys of [AccessRecord]; empty if it fits none of the
    /// formats.
    public static Optional<Json.Obj> read(String line) {
        return TextLayout.read(LAYOUTS, line);
    }

    /// Whether a line can be the rest of one that ends inside quotes.
    public static boolean isRest(String line) {
        return TextLayout.isRest(LAYOUTS, line);
    }
}
