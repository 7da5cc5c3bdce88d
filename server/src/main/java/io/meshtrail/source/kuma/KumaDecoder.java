package io.meshtrail.source.kuma;

import io.meshtrail.envoy.TextLayout;
import io.meshtrail.json.Json;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.EnvoyLog;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Origin;
import io.meshtrail.source.Records;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the access log of Kuma's `MeshAccessLog`: the default lines for HTTP and for TCP, formats in
/// JSON, and what the backend of type `Tcp` wraps them in.
public final class KumaDecoder implements Decoder, Records.Reader {
    private static final List<TextLayout> HTTP = List.of(TextLayout.of("[start_time] kuma_mesh \"request\""
            + " response_code response_flags bytes_received bytes_sent duration upstream_service_time"
            + " \"x_forwarded_for\" \"user_agent\" \"trace_id\" \"request_id\" \"authority\""
            + " \"kuma_source_service\" \"kuma_destination_service\" \"kuma_source_address\" \"upstream_host\""));

    private static final List<String> TCP_KEYS = List.of(
            "start_time",
            "response_flags",
            "kuma_mesh",
            "kuma_source_address",
            "kuma_source_service",
            "upstream_host",
            "kuma_destination_service",
            "duration",
            "bytes_sent",
            "bytes_received");
    private static final Pattern TCP = Pattern.compile("\\[([^\\]]{1,64})\\]\\s+(\\S+)\\s+(\\S+)\\s+"
            + "([^\\s()]*)\\(([^\\s()]*)\\)->([^\\s()]*)\\(([^\\s()]*)\\)\\s+"
            + "took\\s+(\\d{1,15}|-)ms,\\s+sent\\s+(\\d{1,18})\\s+bytes,\\s+received:\\s+(\\d{1,18})\\s+bytes");

    private final EnvoyLog log;

    public KumaDecoder(Mask mask) {
        this.log = new EnvoyLog(mask, new KumaDialect());
    }

    @Override
    public String format() {
        return "kuma";
    }

    @Override
    public List<Decoded> decode(byte[] body, Hints hints) {
        return Records.read(body, hints, this);
    }

    @Override
    public Decoded json(Json record, Origin origin) {
        Json message = record.get("message");
        if (record.fields().size() == 2 && record.fields().containsKey("address") && !message.isNull()) {
            return message.isObject()
                    ? log.json(message, origin)
                    : message.text()
                            .map(line -> text(line.strip(), origin))
                            .orElseGet(() -> origin.rejected("a message that is neither text nor an object"));
        }
        return log.json(record, origin);
    }

    @Override
    public Decoded text(String line, Origin origin) {
        if (EnvoyLog.isDiagnostic(line)) {
            return new Decoded.Ignored("a diagnostic line of the proxy");
        }
        Matcher tcp = TCP.matcher(line);
        Optional<Json.Obj> record = tcp.matches() ? Optional.of(connection(tcp)) : TextLayout.read(HTTP, line);
        return record.map(found -> log.text(found, line, origin)).orElseGet(() -> origin.rejected(complaint(line)));
    }

    @Override
    public boolean isRest(String line) {
        return TextLayout.isRest(HTTP, line);
    }

    private static Json.Obj connection(Matcher line) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = 0; i < TCP_KEYS.size(); i++) {
            members.put(TCP_KEYS.get(i), new Json.Text(line.group(i + 1)));
        }
        return new Json.Obj(members);
    }

    private static String complaint(String line) {
        return TextLayout.endsOpen(line)
                ? "the line ends inside quotes"
                : "its words fit neither of Kuma's default formats, or it has two ends of a request";
    }
}
