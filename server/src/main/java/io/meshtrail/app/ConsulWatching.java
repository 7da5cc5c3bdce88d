package io.meshtrail.app;

import io.meshtrail.change.ObjectStates;
import io.meshtrail.event.EventSink;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.json.Json;
import io.meshtrail.story.PoliciesInForce;
import io.meshtrail.watch.consul.ConsulWatch;
import io.meshtrail.watch.consul.HttpConsulApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/// Wires the watch over a Consul.
final class ConsulWatching {
    private ConsulWatching() {}

    /// The station, if a Consul is configured.
    ///
    /// @throws ConfigException if the token cannot be read
    static Optional<Station> of(Host host, ConsulConfig config, EventSink sink, PoliciesInForce policies) {
        return config.address()
                .map(address -> new ConsulWatch(
                        host,
                        new HttpConsulApi(address, token(config), config.longest()),
                        sink,
                        () -> objects(policies, config.cluster(), host.now()),
                        config.cluster(),
                        shown(address)));
    }

    private static Optional<String> token(ConsulConfig config) {
        if (config.tokenFile().isEmpty()) {
            return config.token();
        }
        try {
            return Optional.of(Files.readString(config.tokenFile().get()).strip());
        } catch (IOException unreadable) {
            throw new ConfigException(
                    "consul.token-file", config.tokenFile().get().toString(), "a file that can be read");
        }
    }

    private static String shown(URI address) {
        return address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    /// What the watch itself wrote before, as the ledger has it.
    private static Optional<List<ConsulWatch.PastObject>> objects(PoliciesInForce policies, String cluster, long now) {
        PoliciesInForce.Answer answer = policies.at(now, Optional.empty(), Optional.empty());
        if (!answer.coverage().complete()) {
            return Optional.empty();
        }
        return Optional.of(answer.policies().stream()
                .filter(policy -> policy.change().event().attributes().containsKey(ObjectStates.WATCHED)
                        && policy.state().key().cluster().equals(cluster))
                .map(policy -> new ConsulWatch.PastObject(
                        policy.state().key().kind(),
                        policy.state().key().namespace(),
                        policy.state().key().name(),
                        policy.state().revision(),
                        policy.state().object().orElse(Json.Scalar.NULL),
                        policy.state().time()))
                .toList());
    }
}
