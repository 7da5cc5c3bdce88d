package io.meshtrail.demo;

import io.meshtrail.demo.cast.Case;
import io.meshtrail.demo.cast.Subnet;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/// The options of the command, checked.
record CommandLine(
        Optional<Path> envoy,
        Path work,
        Optional<InetSocketAddress> ingest,
        Optional<Path> meshtrail,
        Path data,
        List<String> serve,
        double rate,
        Duration policyInterval,
        Set<Case> cases,
        Optional<Subnet> subnet,
        Optional<Duration> duration,
        Optional<Path> tally,
        Optional<Path> record,
        boolean recorded,
        Optional<Path> recording) {
    static final String USAGE = """
            A small real mesh to look at: five Envoy sidecars, calls that are allowed, denied and fail, policies that change.

              bin/demo [options]
                --seconds N            end after N seconds (else at Ctrl-C)
                --rate N               calls a second in all (200)
                --policy-interval N    seconds between two policy changes (60)
                --cases a,b,c          only these cases; a wrong name lists them
                --fresh                forget what earlier demos left in the ledger
                --ingest HOST:PORT     send to a Meshtrail that runs already, start none
                --web HOST:PORT        where the page of the started Meshtrail listens (127.0.0.1:7070)
                --tally FILE           write what was done, as JSON, every few seconds and at the end
                --recorded [FILE]      play a recording of a real run instead; needs no Envoy
                --record FILE          write a recording instead of sending anything
                --envoy PATH           another Envoy than the pinned one
                --work DIR             certificates, configuration, logs (.build/demo/mesh)
                --data DIR             Meshtrail's data (.build/demo/data)
                --subnet 127.0.N       the loopback addresses of the workloads (the first free ones)
            """;

    static CommandLine parse(String[] arguments) {
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
        Optional<Path> envoy = Optional.empty();
        Path work = Path.of(".build/demo/mesh");
        Optional<InetSocketAddress> ingest = Optional.empty();
        Optional<Path> meshtrail = Optional.empty();
        Path data = Path.of(".build/demo/data");
        List<String> serve = new java.util.ArrayList<>();
        double rate = 200;
        Duration policyInterval = Duration.ofMinutes(1);
        Set<Case> cases = EnumSet.allOf(Case.class);
        Optional<Subnet> subnet = Optional.empty();
        Optional<Duration> duration = Optional.empty();
        Optional<Path> tally = Optional.empty();
        Optional<Path> record = Optional.empty();
        boolean recorded = false;
        Optional<Path> recording = Optional.empty();
        while (!rest.isEmpty()) {
            String option = rest.pop();
            try {
                switch (option) {
                    case "--envoy" -> envoy = Optional.of(Path.of(rest.pop()));
                    case "--work" -> work = Path.of(rest.pop());
                    case "--ingest" -> ingest = Optional.of(address(rest.pop()));
                    case "--meshtrail" -> meshtrail = Optional.of(Path.of(rest.pop()));
                    case "--data" -> data = Path.of(rest.pop());
                    case "--web" -> serve.addAll(List.of("--web", rest.pop()));
                    case "--rate" -> rate = Double.parseDouble(rest.pop());
                    case "--policy-interval" -> policyInterval = seconds(rest.pop());
                    case "--cases" -> cases = cases(rest.pop());
                    case "--subnet" -> subnet = Optional.of(new Subnet(rest.pop()));
                    case "--seconds" -> duration = Optional.of(seconds(rest.pop()));
                    case "--tally" -> tally = Optional.of(Path.of(rest.pop()));
                    case "--record" -> record = Optional.of(Path.of(rest.pop()));
                    case "--recorded" -> {
                        recorded = true;
                        if (!rest.isEmpty() && !rest.getFirst().startsWith("--")) {
                            recording = Optional.of(Path.of(rest.pop()));
                        }
                    }
                    default -> throw new IllegalArgumentException("unknown option " + option);
                }
            } catch (NoSuchElementException e) {
                throw new IllegalArgumentException(option + " needs a value", e);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(option + " needs a number: " + e.getMessage(), e);
            }
        }
        return new CommandLine(
                envoy,
                work,
                ingest,
                meshtrail,
                data,
                List.copyOf(serve),
                rate,
                policyInterval,
                cases,
                subnet,
                duration,
                tally,
                record,
                recorded,
                recording);
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis((long) (Double.parseDouble(text) * 1000));
    }

    private static Set<Case> cases(String text) {
        EnumSet<Case> chosen = EnumSet.noneOf(Case.class);
        for (String label : text.split(",", -1)) {
            chosen.add(Case.ofLabel(label.strip())
                    .orElseThrow(() -> new IllegalArgumentException("no case is called " + label + "; there are "
                            + Arrays.stream(Case.values()).map(Case::label).toList())));
        }
        return chosen;
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("an address looks like 127.0.0.1:4317, found " + text);
        }
        return InetSocketAddress.createUnresolved(
                text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
