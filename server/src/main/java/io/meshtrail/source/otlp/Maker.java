package io.meshtrail.source.otlp;

import io.meshtrail.envoy.AccessRecord;
import io.meshtrail.envoy.PrintedFormats;
import io.meshtrail.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who made a log record, and so what it is. The first that fits:
///
/// 1. the resource says it: `meshtrail.format` names a format of `/ingest/lines/{format}`, or
///    `kubernetes-audit`;
/// 2. the record has the attributes of OpenTelemetry's draft for audit records;
/// 3. the resource names a container: a proxy's or API server's by its usual name, and any other is
///    nobody's, whatever it printed, so that an application cannot make events by printing them;
/// 4. without a container: an Envoy's access logger, by the node that its resource names or by the keys
///    of an access log;
/// 5. without a container or a service: a line that only one kind of proxy prints.
sealed interface Maker {
    /// The attribute of the resource that names a format.
    String FORMAT = "meshtrail.format";

    /// A line of a format that has a decoder of its own.
    ///
    /// @param ofItsPod whether the line is about the pod that wrote it
    record Printed(String format, Line line, boolean ofItsPod) implements Maker {}

    /// A body that is a map, of a format that has a decoder of its own.
    record Mapped(String format, Json body, boolean ofItsPod) implements Maker {}

    /// An Envoy's access logger.
    record Access() implements Maker {}

    /// Somebody who keeps to OpenTelemetry's draft for audit records.
    record Audited() implements Maker {}

    /// Nobody whose words are known here.
    record Nobody(String why) implements Maker {}

    /// Containers by the names that the charts of the meshes give them.
    Map<String, String> CONTAINERS = Map.of(
            "istio-proxy", "istio",
            "ztunnel", "ztunnel",
            "linkerd-proxy", "linkerd-proxy",
            "consul-dataplane", "consul-envoy",
            "kuma-sidecar", "kuma",
            "envoy", "envoy-json",
            "kube-apiserver", "kubernetes-audit",
            "cilium-agent", "hubble");

    /// Formats whose lines are about others than the pod that wrote them.
    List<String> OF_A_NODE = List.of("ztunnel", "kubernetes-audit", "hubble", "consul-audit");

    List<String> SERVICE = List.of("service.name");

    Pattern ZTUNNEL = Pattern.compile("\\d{4}-\\S{10,40}\\s+\\w{4,5}\\s+access\\s.*", Pattern.DOTALL);
    Pattern LINKERD = Pattern.compile("\\[\\s*\\d{1,12}\\.\\d{1,9}s\\]\\s.*", Pattern.DOTALL);

    static Maker of(LogRecord record, Place place) {
        String said = record.resource().first(List.of(FORMAT));
        if (!said.isEmpty()) {
            return inFormat(said, record);
        }
        if (AuditDraft.isOne(record)) {
            return new Audited();
        }
        if (!place.container().isEmpty()) {
            return inContainer(record, place);
        }
        if (!place.node().isEmpty() || EnvoyAccess.isOne(record)) {
            return new Access();
        }
        return record.resource().first(SERVICE).isEmpty()
                ? byShape(record)
                : new Nobody("a record of the service " + record.resource().first(SERVICE));
    }

    private static Maker inContainer(LogRecord record, Place place) {
        String named = CONTAINERS.get(place.container());
        if (named == null) {
            return new Nobody("a record of the container " + place.container() + ", which is no proxy's");
        }
        boolean ztunnel = place.pod().startsWith("ztunnel") || place.workload().equals("ztunnel");
        if (named.equals("istio") && ztunnel) {
            named = "ztunnel";
        }
        Optional<Line> line = Line.of(record);
        boolean json = line.map(Line::isJson).orElse(true);
        if (!json && List.of("kubernetes-audit", "hubble").contains(named)) {
            return new Nobody("a diagnostic line of " + place.container());
        }
        if (!json && named.equals("envoy-json")) {
            boolean printed = line.flatMap(
                            text -> PrintedFormats.read(text.text().strip()))
                    .isPresent();
            return printed ? new Access() : inFormat(named, record);
        }
        return inFormat(named.equals("istio") ? (json ? "istio-json" : "istio-text") : named, record);
    }

    private static Maker inFormat(String format, LogRecord record) {
        boolean ofItsPod = !OF_A_NODE.contains(format);
        Optional<Line> line = Line.of(record);
        if (line.isPresent()) {
            return new Printed(format, line.get(), ofItsPod);
        }
        return record.body().isObject()
                ? new Mapped(format, record.body(), ofItsPod)
                : new Nobody("a record without a body");
    }

    private static Maker byShape(LogRecord record) {
        Optional<Line> line = Line.of(record);
        if (line.isEmpty()) {
            return shape(record.body())
                    .map(format -> inFormat(format, record))
                    .orElseGet(() -> new Nobody("a record of nobody who is known here"));
        }
        String text = line.get().text().strip();
        if (ZTUNNEL.matcher(text).matches()) {
            return inFormat("ztunnel", record);
        }
        if (LINKERD.matcher(text).matches()) {
            return inFormat("linkerd-proxy", record);
        }
        Optional<String> format = line.get().json().flatMap(Maker::shape);
        return format.map(name -> inFormat(name, record))
                .orElseGet(() -> new Nobody("a line of nobody who is known here"));
    }

    /// The format of a JSON object that only one program writes.
    private static Optional<String> shape(Json body) {
        if (body.get("apiVersion").text().orElse("").startsWith("audit.k8s.io/")) {
            return Optional.of("kubernetes-audit");
        }
        if (body.get("flow").get("verdict").text().isPresent()
                || body.get("lost_events").isObject()) {
            return Optional.of("hubble");
        }
        if (body.get("event_type").text().orElse("").equals("audit")
                && body.get("payload").isObject()) {
            return Optional.of("consul-audit");
        }
        if (body.get("scope").text().orElse("").equals("access")
                && body.fields().containsKey("src.addr")) {
            return Optional.of("ztunnel");
        }
        if (body.fields().containsKey("client.addr") && body.fields().containsKey("uri")) {
            return Optional.of("linkerd-access");
        }
        return AccessRecord.complaint(body).isEmpty() ? Optional.of("envoy-json") : Optional.empty();
    }
}
