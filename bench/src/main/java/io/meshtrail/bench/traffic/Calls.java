package io.meshtrail.bench.traffic;

import io.envoyproxy.envoy.config.core.v3.RequestMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Every kind of call that one service gets: its path templates, each from a few callers, most of them
/// answered well; and for each path one caller whom a policy denies.
final class Calls {
    static final int PATHS = 200;

    private static final int CALLERS = 3;
    private static final double WITH_ID = 0.6;
    private static final List<String> THINGS = List.of(
            "items",
            "orders",
            "users",
            "carts",
            "prices",
            "offers",
            "batches",
            "events",
            "labels",
            "views",
            "rules",
            "drafts",
            "tokens-info",
            "quotes",
            "slots",
            "media");
    private static final List<String> DEEDS =
            List.of("list", "detail", "summary", "history", "search", "export", "check", "refresh", "lines", "totals");
    private static final RequestMethod[] METHODS = {
        RequestMethod.GET,
        RequestMethod.GET,
        RequestMethod.GET,
        RequestMethod.POST,
        RequestMethod.PUT,
        RequestMethod.DELETE
    };
    private static final int[] STATUSES = {200, 200, 200, 200, 200, 200, 200, 200, 201, 204, 304, 404, 500};

    private final EntryTemplate[] allowed = new EntryTemplate[PATHS * CALLERS];
    private final EntryTemplate[] denied = new EntryTemplate[PATHS];
    private final Zipf paths = new Zipf(PATHS, 1.0);

    /// @param callers by rank: the first call most
    /// @param padding characters that each entry gets on top
    Calls(Service service, List<Service> callers, int padding, RandomGenerator random) {
        Zipf ranks = new Zipf(callers.size(), 1.05);
        List<String> policies = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            policies.add("ns[" + service.namespace() + "]-policy[" + service.name() + "-"
                    + List.of("deny-batch", "deny-web", "internal-only", "readers")
                            .get(i) + "]-rule[" + i % 2 + "]");
        }
        for (int path = 0; path < PATHS; path++) {
            RequestMethod method = METHODS[random.nextInt(METHODS.length)];
            String text = path(service.name(), path, random);
            for (int i = 0; i < CALLERS; i++) {
                Service caller = callers.get(ranks.next(random));
                int status = STATUSES[random.nextInt(STATUSES.length)];
                allowed[path * CALLERS + i] =
                        new EntryTemplate(bytes(padding, random).allowed(caller, service, method, text, status));
            }
            denied[path] = new EntryTemplate(bytes(padding, random)
                    .denied(
                            callers.get(ranks.next(random)),
                            service,
                            method,
                            text,
                            path % 5 == 4 ? "none" : policies.get(path % 4)));
        }
    }

    private static EntryBytes bytes(int padding, RandomGenerator random) {
        StringBuilder text = new StringBuilder(padding);
        while (text.length() < padding) {
            text.append(Long.toHexString(random.nextLong()));
        }
        text.setLength(padding);
        return new EntryBytes(text.toString());
    }

    EntryTemplate next(boolean isDenied, RandomGenerator random) {
        int path = paths.next(random);
        if (isDenied) {
            return denied[path];
        }
        int drawn = random.nextInt(10);
        return allowed[path * CALLERS + (drawn < 7 ? 0 : drawn < 9 ? 1 : 2)];
    }

    private static String path(String service, int number, RandomGenerator random) {
        String id = random.nextDouble() < WITH_ID ? "/" + EntryBytes.ID : "";
        return "/" + service + "/v" + (1 + random.nextInt(3)) + "/" + THINGS.get(number % THINGS.size()) + id + "/"
                + DEEDS.get(number / THINGS.size() % DEEDS.size()) + (number < 160 ? "" : "/" + number);
    }
}
