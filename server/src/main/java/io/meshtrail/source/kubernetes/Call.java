package io.meshtrail.source.kubernetes;

import io.meshtrail.event.Kind;
import io.meshtrail.json.Json;
import java.util.Set;

/// What was asked of the API server.
///
/// @param resource the plural; empty for a URL that names no resource
/// @param isDryRun whether nothing was to be persisted
record Call(
        String verb,
        String group,
        String resource,
        String subresource,
        String namespace,
        String name,
        boolean isDryRun) {
    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");

    /// Subresources that reach into a running thing and store nothing.
    private static final Set<String> REACHING_IN =
            Set.of("exec", "attach", "portforward", "proxy", "log", "tap", "token");

    static Call of(Json item, String query) {
        Json reference = item.get("objectRef");
        return new Call(
                item.get("verb").text().orElse(""),
                reference.get("apiGroup").text().orElse(""),
                reference.get("resource").text().orElse(""),
                reference.get("subresource").text().orElse(""),
                reference.get("namespace").text().orElse(""),
                Names.of(item).orElse(""),
                isDryRun(item, query));
    }

    boolean isWrite() {
        return WRITES.contains(verb)
                && !resource.isEmpty()
                && !REACHING_IN.contains(subresource)
                && !Resources.isQuestion(resource);
    }

    boolean reachesIn() {
        return REACHING_IN.contains(subresource);
    }

    Kind kind() {
        if (!isWrite()) {
            return Kind.API_CALL;
        }
        boolean policy = !subresource.equals("status") && Resources.isPolicy(group, resource, namespace, name);
        return policy ? Kind.POLICY_CHANGE : Kind.OBJECT_CHANGE;
    }

    /// `pods/exec`, or `pods`.
    String qualifiedResource() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }

    /// The parameter of the URL, or for a delete the option in its body.
    private static boolean isDryRun(Json item, String query) {
        for (String parameter : query.split("&")) {
            if (parameter.startsWith("dryRun=") && parameter.length() > "dryRun=".length()) {
                return true;
            }
        }
        Json options = item.get("requestObject");
        return options.get("kind").text().orElse("").equals("DeleteOptions")
                && !options.get("dryRun").items().isEmpty();
    }
}
