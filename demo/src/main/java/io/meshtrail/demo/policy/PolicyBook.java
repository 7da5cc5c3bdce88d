package io.meshtrail.demo.policy;

import io.meshtrail.demo.cast.Persona;
import io.meshtrail.demo.cast.Workload;
import io.meshtrail.demo.policy.Policy.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// The policies in force, and the files from which the proxies read them.
///
/// Envoy watches the folder for renames (extension config discovery over files): a change reaches the next
/// request,
/// also on
/// connections that are open, without draining any.
public final class PolicyBook {
    static final Policy ORDERS_VIEWER = Policy.allow(
            Workload.ORDERS,
            "orders-viewer",
            Rule.from(Workload.WEB.spiffeId(), Persona.REPORTS.spiffeId()).methods("GET"));

    static final Policy ORDERS_VIEWER_WITHOUT_REPORTS = Policy.allow(
            Workload.ORDERS, "orders-viewer", Rule.from(Workload.WEB.spiffeId()).methods("GET"));

    static final Policy FREEZE_REPORTS =
            Policy.deny(Workload.ORDERS, "orders-freeze-reports", Rule.ANY.paths("/orders/report"));

    static final List<Policy> FIRST = List.of(
            Policy.deny(Workload.EDGE, "edge-no-admin", Rule.ANY.paths("/admin")),
            Policy.allow(Workload.WEB, "web-from-edge", Rule.from(Workload.EDGE.spiffeId())),
            Policy.deny(Workload.WEB, "web-no-debug", Rule.ANY.paths("/debug")),
            ORDERS_VIEWER,
            Policy.allow(
                    Workload.ORDERS,
                    "orders-writer",
                    Rule.from(Workload.WEB.spiffeId()).methods("POST").paths("/orders")),
            Policy.deny(Workload.ORDERS, "orders-no-interns", Rule.from(Persona.INTERN.spiffeId())),
            Policy.allow(
                            Workload.ORDERS,
                            "orders-viewer-next",
                            Rule.from(Workload.WEB.spiffeId()).methods("GET"))
                    .asDryRun(),
            Policy.allow(Workload.PAYMENTS, "payments-from-orders", Rule.from(Workload.ORDERS.spiffeId())),
            Policy.deny(Workload.PAYMENTS, "payments-no-export", Rule.ANY.paths("/payments/export")),
            Policy.allow(Workload.LEDGERDB, "ledgerdb-writers", Rule.from(Workload.PAYMENTS.spiffeId())),
            Policy.deny(Workload.LEDGERDB, "ledgerdb-no-interns", Rule.from(Persona.INTERN.spiffeId())));

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final Map<String, Policy> inForce = new TreeMap<>();
    private long version;

    /// Writes the first policies of every workload.
    ///
    /// @throws IOException when the folder cannot be written
    public PolicyBook(Path folder) throws IOException {
        this.folder = folder;
        for (Policy policy : FIRST) {
            inForce.put(policy.fullName(), policy);
        }
        for (Workload workload : Workload.values()) {
            write(workload);
        }
    }

    /// The name of the filter for one action; Envoy asks for its configuration by this name.
    public static String filterName(Action action) {
        return switch (action) {
            case ALLOW -> "envoy.filters.http.rbac.allow";
            case DENY -> "envoy.filters.http.rbac.deny";
        };
    }

    /// The folder that the workload's proxy watches.
    public Path folder(Workload workload) {
        return folder.resolve(workload.workloadName());
    }

    /// The file with the workload's filter for one action.
    public Path file(Workload workload, Action action) {
        return folder(workload).resolve(action == Action.ALLOW ? "allow.json" : "deny.json");
    }

    /// The policies of one workload, by name.
    public synchronized List<Policy> of(Workload workload) {
        return inForce.values().stream()
                .filter(policy -> policy.target() == workload)
                .sorted(Comparator.comparing(Policy::name))
                .toList();
    }

    /// All policies, by full name.
    public synchronized List<Policy> all() {
        return List.copyOf(inForce.values());
    }

    synchronized void put(Policy policy) throws IOException {
        inForce.put(policy.fullName(), policy);
        write(policy.target());
    }

    synchronized void remove(Policy policy) throws IOException {
        inForce.remove(policy.fullName());
        write(policy.target());
    }

    private void write(Workload workload) throws IOException {
        version++;
        Files.createDirectories(folder(workload));
        for (Action action : Action.values()) {
            Map<String, Object> resource = Map.of(
                    "@type",
                    "type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig",
                    "name",
                    filterName(action),
                    "typed_config",
                    Rbac.http(action, of(workload)));
            String text = JSON.writeValueAsString(
                    Map.of("version_info", Long.toString(version), "resources", List.of(resource)));
            Path file = file(workload, action);
            // Envoy reads at the rename: it must never see half a file.
            Path beside = file.resolveSibling("." + file.getFileName() + ".new");
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
