package io.meshtrail.app;

import io.meshtrail.ledger.DefaultLedgers;
import io.meshtrail.ledger.LedgerSettings;
import io.meshtrail.ledger.Router;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The ledgers and the routes to them: the default ones, changed and added to by the keys `ledgers` and
/// `routes`.
///
/// @param ledgers sorted by name
/// @param routes the own routes, in order; they come before the default ones
record LedgersConfig(List<LedgerSettings> ledgers, List<Router.Route> routes) {
    /// The most bytes of all routes, so that they fit into one entry of `root`, the ones before beside
    /// them.
    static final int ROUTES_BYTES = 12 * 1024;

    LedgersConfig {
        ledgers = List.copyOf(ledgers);
        routes = List.copyOf(routes);
    }

    /// @throws ConfigException naming the key that is wrong
    static LedgersConfig of(ConfigValues values) {
        Map<String, LedgerSettings> ledgers = new TreeMap<>();
        Optional<Duration> preset = RetentionConfig.preset(values);
        DefaultLedgers.settings().forEach(each -> ledgers.put(each.name(), preset(each, preset)));
        for (String name : names(values)) {
            ledgers.put(name, settings(values, name, Optional.ofNullable(ledgers.get(name)), preset));
        }
        List<Router.Route> routes = new ArrayList<>();
        for (String number : values.sections("routes")) {
            routes.add(route(values, "routes." + number, ledgers.keySet()));
        }
        LedgersConfig config = new LedgersConfig(List.copyOf(ledgers.values()), routes);
        int bytes = config.router().text().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > ROUTES_BYTES) {
            throw new ConfigException(
                    "configuration key 'routes' has " + bytes + " bytes of routes, at most " + ROUTES_BYTES + " go");
        }
        return config;
    }

    private static LedgerSettings preset(LedgerSettings ledger, Optional<Duration> preset) {
        return ledger.name().equals(LedgerSettings.ROOT)
                ? ledger
                : new LedgerSettings(ledger.name(), preset.orElse(ledger.retention()), ledger.reserved());
    }

    /// The own routes, then the default ones.
    Router router() {
        return DefaultLedgers.router().after(routes);
    }

    /// A ledger's name may have dots, so the last part of a path is the setting and all before is the name.
    private static Set<String> names(ConfigValues values) {
        Set<String> names = new LinkedHashSet<>();
        for (String path : values.paths("ledgers")) {
            int dot = path.lastIndexOf('.');
            if (dot < 0) {
                throw new ConfigException("ledgers." + path, "", "a map such as {retention: 400d}");
            }
            names.add(path.substring(0, dot));
        }
        return names;
    }

    private static LedgerSettings settings(
            ConfigValues values, String name, Optional<LedgerSettings> before, Optional<Duration> preset) {
        String key = "ledgers." + name;
        if (!LedgerSettings.isName(name)) {
            throw new ConfigException(
                    "configuration key '" + key + "': a ledger's name is [a-z0-9][a-z0-9.-]*, at most 64 characters");
        }
        if (name.equals(LedgerSettings.ROOT)) {
            throw new ConfigException(
                    "configuration key '" + key + "': ledger root records the others and cannot be configured");
        }
        Duration retention = values.duration(key + ".retention")
                .or(() -> before.map(LedgerSettings::retention))
                .or(() -> preset)
                .orElseThrow(() -> new ConfigException(key + ".retention", "", "how long to keep entries: 400d"));
        if (retention.isZero() || retention.isNegative()) {
            throw new ConfigException(
                    key + ".retention", values.text(key + ".retention").orElse(""), "more than nothing: 400d");
        }
        boolean reserved = values.flag(key + ".reserved")
                .or(() -> before.map(LedgerSettings::reserved))
                .orElse(false);
        return new LedgerSettings(name, retention, reserved);
    }

    private static Router.Route route(ConfigValues values, String key, Set<String> ledgers) {
        String to = values.text(key + ".to")
                .orElseThrow(() -> new ConfigException(key + ".to", "", "the name of a ledger"));
        String when = values.text(key + ".when")
                .orElseThrow(() -> new ConfigException(key + ".when", "", "a query, * for all events"));
        if (to.equals(LedgerSettings.ROOT)) {
            throw new ConfigException("configuration key '" + key + ".to': no route leads to root");
        }
        if (!ledgers.contains(to)) {
            throw new ConfigException(key + ".to", to, "one of the ledgers " + String.join(", ", ledgers));
        }
        return RouteQuery.compile(key + ".when", when, to);
    }
}
