package io.meshtrail.source.kuma;

import io.meshtrail.envoy.ClusterName;
import io.meshtrail.envoy.Dialect;
import io.meshtrail.envoy.HostPort;
import io.meshtrail.envoy.KeyNames;
import io.meshtrail.envoy.PolicyId;
import io.meshtrail.envoy.Side;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Kuma's own operators, under the names that people give them, and the ids of its policies.
record KumaDialect() implements Dialect {
    /// Other names, and the one that is read.
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("mesh", "kuma_mesh"),
            Map.entry("zone", "kuma_zone"),
            Map.entry("workload", "kuma_workload"),
            Map.entry("source_service", "kuma_source_service"),
            Map.entry("sourceService", "kuma_source_service"),
            Map.entry("source", "kuma_source_service"),
            Map.entry("destination_service", "kuma_destination_service"),
            Map.entry("destinationService", "kuma_destination_service"),
            Map.entry("destination", "kuma_destination_service"),
            Map.entry("kuma_source_address_without_port", "kuma_source_address"),
            Map.entry("source_address", "kuma_source_address"),
            Map.entry("sourceAddress", "kuma_source_address"),
            Map.entry("traffic_direction", "kuma_traffic_direction"),
            Map.entry("trafficDirection", "kuma_traffic_direction"),
            Map.entry("direction", "kuma_traffic_direction"),
            Map.entry("destination_address", "upstream_host"),
            Map.entry("destinationAddress", "upstream_host"));

    /// `kri_mtp_<mesh>_<zone>_<namespace>_<name>_<section>`; a name may hold underscores, the rest does
    /// not.
    private static final int PARTS_BEFORE_NAME = 5;

    @Override
    public String mesh() {
        return "kuma";
    }

    @Override
    public Json named(Json record) {
        // In the order of the record, so that the same record always gives the same entry.
        Map<String, Json> members = new LinkedHashMap<>();
        record.fields().forEach((key, value) -> {
            String name = NAMES.getOrDefault(key, key);
            boolean free = !record.fields().containsKey(name) && !members.containsKey(name);
            members.put(free ? name : key, value);
        });
        Map<String, Json> read =
                new LinkedHashMap<>(KeyNames.read(new Json.Obj(members)).fields());
        Json address = read.get("kuma_source_address");
        if (address != null) {
            read.putIfAbsent("downstream_remote_address", address);
        }
        return new Json.Obj(read);
    }

    @Override
    public ClusterName cluster(String name) {
        boolean own = name.startsWith("localhost:") || name.startsWith("inbound:") || name.startsWith("self_inbound");
        return own ? new ClusterName(Side.SERVER, "", "") : ClusterName.NONE;
    }

    /// `default` stands for "no rule matched".
    @Override
    public Optional<PolicyId> policy(String id) {
        if (id.equals("default")) {
            return Optional.empty();
        }
        String[] parts = id.split("_", -1);
        if (!id.startsWith("kri_") || parts.length <= PARTS_BEFORE_NAME + 1) {
            return Optional.of(new PolicyId(id, "", ""));
        }
        String section = parts[parts.length - 1];
        List<String> words = List.of(parts).subList(PARTS_BEFORE_NAME, parts.length - 1);
        String name = String.join("_", words);
        String kind = parts[1].equals("mtp") ? "MeshTrafficPermission" : parts[1];
        return Optional.of(new PolicyId(parts[4].isEmpty() ? name : parts[4] + "/" + name, kind, section));
    }

    @Override
    public boolean isProven(String key) {
        return key.endsWith("_uri_san");
    }

    @Override
    public Side add(Json record, Side side, AuditEvent.Builder event) {
        move(event, record, "kuma_source_service", Field.SOURCE_SERVICE);
        move(event, record, "kuma_destination_service", Field.DESTINATION_SERVICE);
        if (!event.has(Field.SOURCE_ADDRESS)) {
            HostPort source = HostPort.of(text(record, "kuma_source_address"));
            event.text(Field.SOURCE_ADDRESS, source.address()).number(Field.SOURCE_PORT, source.port());
        }
        String direction = text(record, "kuma_traffic_direction").toLowerCase(Locale.ROOT);
        event.withoutAttribute("kuma_source_address").withoutAttribute("kuma_traffic_direction");
        return switch (direction) {
            case "inbound" -> Side.SERVER;
            case "outbound" -> Side.CLIENT;
            default -> side == Side.UNKNOWN && isOwnHost(event) ? Side.SERVER : side;
        };
    }

    /// An upstream on the loopback is the application behind the proxy.
    private static boolean isOwnHost(AuditEvent.Builder event) {
        return event.get(Field.UPSTREAM_HOST) instanceof String host
                && (host.startsWith("127.") || host.startsWith("[::1]") || host.startsWith("localhost"));
    }

    private static void move(AuditEvent.Builder event, Json record, String key, Field field) {
        String value = text(record, key);
        event.text(field, value.equals("unknown") || value.equals("*") ? "" : value)
                .withoutAttribute(key);
    }

    private static String text(Json record, String key) {
        String text = record.get(key).scalar().orElse("");
        return text.equals("-") ? "" : text;
    }
}
