package io.meshtrail.source.linkerd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The server whose policy decided: a Server object in the pod's namespace, or the default policy of the
/// pod.
///
/// @param name empty if the line names none
/// @param isDefault whether it is a default policy, such as `deny` or `cluster-authenticated`
record Server(String name, boolean isDefault) {
    private static final Pattern IN_ERROR =
            Pattern.compile("unauthorized connection on (?:server/|server )?([\\w.:/-]+)");

    static Server of(LogLine line) {
        if (!line.get("server.name").isEmpty()) {
            return new Server(line.get("server.name"), line.get("server.kind").equals("default"));
        }
        String named = line.get("server");
        if (named.isEmpty()) {
            Matcher error = IN_ERROR.matcher(line.get("error"));
            named = error.find() ? error.group(1) : "";
        }
        // Linkerd 2.11 wrote `default:<policy>`, later errors write `default/<policy>`.
        boolean isDefault = named.startsWith("default:") || named.startsWith("default/");
        return new Server(isDefault ? named.substring("default:".length()) : named, isDefault);
    }
}
