package io.meshtrail.change;

import io.meshtrail.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which keys of a Secret a request wrote. Their values are masked before anything is compared, so whether
/// they differ from those before cannot be seen.
final class SecretKeys {
    private static final List<String> MEMBERS = List.of("data", "stringData");

    private SecretKeys() {}

    static List<String> lines(ObjectKey key, Json request) {
        if (!key.kind().equalsIgnoreCase("Secret")) {
            return List.of();
        }
        Set<String> written = new TreeSet<>();
        for (String member : MEMBERS) {
            written.addAll(request.get(member).fields().keySet());
            for (Json operation : request.items()) {
                String path = operation.get("path").text().orElse("");
                if (path.startsWith("/" + member + "/")) {
                    written.add(path.substring(member.length() + 2)
                            .replace("~1", "/")
                            .replace("~0", "~"));
                } else if (path.equals("/" + member)) {
                    written.addAll(operation.get("value").fields().keySet());
                }
            }
        }
        List<String> lines = new ArrayList<>();
        written.forEach(name -> lines.add("key " + Words.shown(name) + " written; values are not kept"));
        return lines;
    }
}
