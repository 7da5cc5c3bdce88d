package io.meshtrail.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.ledger.LedgerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Named ledgers and the routes to them, from the configuration.
class LedgersConfigTest {
    private static LedgersConfig of(String yaml) {
        return ServerConfig.of(new ConfigValues(Map.of())
                        .yaml("meshtrail.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                        .set("data", Optional.of("/srv/meshtrail")))
                .ledgers();
    }

    private static AuditEvent.Builder request(Outcome outcome) {
        return AuditEvent.builder().kind(Kind.REQUEST).outcome(outcome);
    }

    @Test
    void ownRoutesComeFirstInTheirOrderAndTheDefaultOnesAfterThem() {
        LedgersConfig config = of("""
                ledgers:
                  traffic-pci: {retention: 365d, reserved: true}
                  eu.traffic.v2: {retention: 12h}
                  traffic: {retention: 14d}
                routes:
                  - {to: traffic-pci, when: 'destination.namespace:(payments OR cards)'}
                  - to: eu.traffic.v2
                    when: |
                      cluster:eu-*
                      -outcome:denied
                  - {to: control, when: 'user.id:"root"'}
                """);
        assertThat(config.ledgers())
                .contains(
                        new LedgerSettings("traffic-pci", Duration.ofDays(365), true),
                        new LedgerSettings("eu.traffic.v2", Duration.ofHours(12), false),
                        new LedgerSettings("traffic", Duration.ofDays(14), false))
                .extracting(LedgerSettings::name)
                .containsExactly("control", "eu.traffic.v2", "root", "security", "traffic", "traffic-pci");
        assertThat(config.router()
                        .ledgerOf(request(Outcome.DENIED)
                                .text(Field.DESTINATION_NAMESPACE, "cards")
                                .text(Field.CLUSTER, "eu-1")
                                .build()))
                .isEqualTo("traffic-pci");
        assertThat(config.router()
                        .ledgerOf(request(Outcome.ALLOWED)
                                .text(Field.CLUSTER, "eu-1")
                                .build()))
                .isEqualTo("eu.traffic.v2");
        assertThat(config.router()
                        .ledgerOf(request(Outcome.DENIED)
                                .text(Field.CLUSTER, "eu-1")
                                .build()))
                .isEqualTo("security");
        assertThat(config.router()
                        .ledgerOf(request(Outcome.ALLOWED)
                                .text(Field.USER_ID, "root")
                                .build()))
                .isEqualTo("control");
        assertThat(config.router().ledgerOf(request(Outcome.ALLOWED).build())).isEqualTo("traffic");
        assertThat(config.router().text()).startsWith("""
                traffic-pci: destination.namespace:(payments OR cards)
                eu.traffic.v2: cluster:eu-* -outcome:denied
                control: user.id:"root"
                control: kind:(""");
    }

    /// The words that `root` has of the default routes mean what the routes do.
    @Test
    void theWordsOfTheDefaultRoutesAreTrue() {
        LedgersConfig config = of("");
        for (String line : config.router().text().lines().toList()) {
            String to = line.substring(0, line.indexOf(':'));
            assertThat(RouteQuery.compile("routes", line.substring(line.indexOf(' ') + 1), to)
                            .ledger())
                    .isEqualTo(to);
        }
        String[] lines = config.router().text().split("\n");
        for (Kind kind : Kind.values()) {
            for (Outcome outcome : Outcome.values()) {
                AuditEvent event =
                        AuditEvent.builder().kind(kind).outcome(outcome).build();
                String byWords = "traffic";
                for (int i = lines.length - 1; i >= 0; i--) {
                    String to = lines[i].substring(0, lines[i].indexOf(':'));
                    if (RouteQuery.compile("routes", lines[i].substring(to.length() + 2), to)
                            .when()
                            .test(event)) {
                        byWords = to;
                    }
                }
                assertThat(config.router().ledgerOf(event)).as("%s", event).isEqualTo(byWords);
            }
        }
        AuditEvent marked =
                request(Outcome.ALLOWED).text(Field.AUDIT_MARKED, "true").build();
        assertThat(config.router().ledgerOf(marked)).isEqualTo("security");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ledgers: {Traffic: {retention: 1d}}            | ledgers.Traffic        | a ledger's name
            ledgers: {x: {retention: 0d}}                  | ledgers.x.retention    | more than nothing
            ledgers: {x: {retention: soon}}                | ledgers.x.retention    | a duration
            ledgers: {x: {reserved: true}}                 | ledgers.x.retention    | is missing
            ledgers: {x: {}}                               | ledgers.x              | a map
            ledgers: {x: 5}                                | ledgers.x              | a map
            ledgers: {x: {retention: 1d, colour: red}}     | ledgers.x.colour       | unknown
            ledgers: {root: {retention: 1d}}               | ledgers.root           | cannot be configured
            routes: [{to: x, when: '*'}]                   | routes.0.to            | control, root, security, traffic
            routes: [{to: root, when: '*'}]                | routes.0.to            | no route leads to root
            routes: [{to: control}]                        | routes.0.when          | is missing
            routes: [{when: '*'}]                          | routes.0.to            | is missing
            routes: [{to: control, when: 'colour:red'}]    | routes.0.when          | unknown field 'colour'
            routes: [{to: control, when: '(a'}]            | routes.0.when          | never closed
            routes: [{to: control, when: ' '}]             | routes.0.when          | a query
            routes: [{to: control, when: 'ledger:x'}]      | routes.0.when          | asks for ledger
            routes: [{to: control, when: 'a -leafIndex:3'}]| routes.0.when          | asks for leafIndex
            routes: [{to: control, when: 'a (b OR received:*)'}] | routes.0.when    | asks for received
            routes: [{to: control, when: 'time>now-1h'}]   | routes.0.when          | speaks of now
            routes: [{to: control, when: '*', if: x}]      | routes.0.if            | unknown
            """)
    void whatIsWrongStopsTheStartNamingKeyAndReason(String yaml, String key, String reason) {
        assertThatThrownBy(() -> of(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'" + key)
                .hasMessageContaining(reason);
    }

    @Test
    void routesThatDoNotFitIntoAnEntryOfRootAreRefused() {
        StringBuilder yaml = new StringBuilder("routes:\n");
        for (int i = 0; i < 400; i++) {
            yaml.append("  - {to: control, when: 'http.path:/")
                    .append("x".repeat(30))
                    .append(i)
                    .append("'}\n");
        }
        assertThatThrownBy(() -> of(yaml.toString())).hasMessageContaining("at most " + LedgersConfig.ROUTES_BYTES);
    }
}
