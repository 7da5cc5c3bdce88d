package io.meshtrail.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Reads what a query finds, page after page, newest first.
final class EventPages {
    private static final int PAGE = 1_000;

    private final ApiClient client;
    private final Map<String, String> asked = new LinkedHashMap<>();

    /// @param from inclusive; empty for no bound
    /// @param to exclusive; empty for no bound
    EventPages(ApiClient client, String query, String from, String to) {
        this.client = client;
        asked.put("q", query);
        asked.put("from", from);
        asked.put("to", to);
    }

    /// Takes one page at a time.
    interface Reader {
        void page(JsonNode page) throws IOException, InterruptedException;
    }

    /// @param limit the most events in all
    void read(long limit, Reader reader) throws IOException, InterruptedException {
        String after = "";
        long left = limit;
        while (left > 0) {
            Map<String, String> parameters = new LinkedHashMap<>(asked);
            parameters.put("limit", Long.toString(Math.min(left, PAGE)));
            parameters.put("after", after);
            JsonNode page = client.json("/api/events", parameters);
            reader.page(page);
            left -= page.path("events").size();
            after = page.path("next").asString("");
            if (after.isEmpty() || page.path("events").isEmpty()) {
                return;
            }
        }
    }
}
