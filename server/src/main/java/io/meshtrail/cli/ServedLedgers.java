package io.meshtrail.cli;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The prefixes of the ledgers at a URL: those of one of our servers, or the one ledger that the URL
/// itself is.
final class ServedLedgers {
    private ServedLedgers() {}

    /// Whether the URL is the prefix of one ledger.
    static boolean isOne(URI where) {
        return where.toString().matches(".*/ledger/[a-z0-9][a-z0-9.-]*/*");
    }

    static List<URI> at(URI where) throws IOException, InterruptedException {
        String base = where.toString().replaceAll("/+$", "");
        if (isOne(where)) {
            return List.of(URI.create(base));
        }
        List<URI> ledgers = new ArrayList<>();
        try {
            JsonNode all = new ApiClient(URI.create(base)).json("/api/ledgers", Map.of());
            for (JsonNode ledger : all.path("ledgers")) {
                ledgers.add(URI.create(base + "/ledger/" + ledger.path("name").asString()));
            }
        } catch (ApiException noServerOfOurs) {
            return List.of(URI.create(base));
        }
        return ledgers;
    }
}
