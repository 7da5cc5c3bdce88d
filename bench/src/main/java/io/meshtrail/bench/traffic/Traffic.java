package io.meshtrail.bench.traffic;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The calls of a mesh of 100 services, as their sidecars report them: each sidecar is a stream that
/// gathers entries and gives a message when asked.
///
/// Services and callers are drawn by Zipf, there are 20,000 path templates, of which 60 % hold a random
/// id, 2 % of the calls are denied by a policy, and request and trace ids are random. For one thread.
public final class Traffic {
    /// Fields of every entry, counted as values on the wire; an address is two of them, a time is one.
    public static final int FIELDS = 25;

    /// The least number of streams: a sidecar for each service.
    public static final int SERVICES = 100;

    private static final int IDENTITIES = 400;
    private static final double DENIED = 0.02;

    private final SplittableRandom random;
    private final Zipf services = new Zipf(SERVICES, 1.05);
    private final List<Calls> calls = new ArrayList<>(SERVICES);
    private final Sidecar[] sidecars;
    private final Draw draw = new Draw();

    /// @param streams sidecars; those beyond the first hundred are second ones of the busiest services
    public Traffic(long seed, int streams) {
        this(seed, streams, 0);
    }

    /// @param padding characters that each entry gets on top of what a sidecar would say
    public Traffic(long seed, int streams, int padding) {
        if (streams < SERVICES) {
            throw new IllegalArgumentException(streams + " streams for " + SERVICES + " services");
        }
        random = new SplittableRandom(seed);
        List<Service> identities = new ArrayList<>(IDENTITIES);
        for (int i = 0; i < IDENTITIES; i++) {
            identities.add(Service.of(i, random));
        }
        for (Service service : identities.subList(0, SERVICES)) {
            calls.add(new Calls(service, identities, padding, random));
        }
        sidecars = new Sidecar[streams];
        for (int i = 0; i < streams; i++) {
            Service service = identities.get(i % SERVICES);
            sidecars[i] = new Sidecar(identifier(service.node(i / SERVICES)));
        }
    }

    /// Lets one call happen.
    ///
    /// @param time nanoseconds since 1970
    /// @return the stream that will report it
    public int call(long time) {
        int service = services.next(random);
        int replicas = (sidecars.length - 1 - service) / SERVICES + 1;
        int stream = service + SERVICES * random.nextInt(replicas);
        draw.next(random);
        EntryTemplate template = calls.get(service).next(random.nextDouble() < DENIED, random);
        sidecars[stream].add(template, time, draw);
        return stream;
    }

    /// The request id of the newest call.
    public String requestId() {
        return draw.requestId();
    }

    public int streams() {
        return sidecars.length;
    }

    /// Bytes of the entries that a stream has gathered.
    public int gathered(int stream) {
        return sidecars[stream].gathered();
    }

    /// The next message of a stream with all that it has gathered; the first one also names the node.
    public byte[] message(int stream) {
        return sidecars[stream].message();
    }

    private static byte[] identifier(String node) {
        return StreamAccessLogsMessage.newBuilder()
                .setIdentifier(Identifier.newBuilder()
                        .setNode(Node.newBuilder().setId(node))
                        .setLogName("meshtrail"))
                .build()
                .toByteArray();
    }
}
