package io.meshtrail.source.kubernetes;

import io.meshtrail.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds in an audit event what identifies the object: the reference has it only in part.
final class Names {
    private static final List<String> TICKETS =
            List.of("meshtrail.io/ticket", "meshtrail.io/change-ticket", "change-ticket", "change.ticket");

    /// Kinds of bodies that are not the object itself.
    private static final Set<String> NOT_THE_OBJECT = Set.of("Status", "Table", "DeleteOptions", "List");

    private Names() {}

    /// The object's name: a create has it only in its bodies, one with `generateName` only in the answer.
    static Optional<String> of(Json item) {
        return item.get("objectRef")
                .get("name")
                .text()
                .or(() -> metadata(item, "responseObject", "name"))
                .or(() -> metadata(item, "requestObject", "name"))
                .or(() -> item.get("responseStatus").get("details").get("name").text());
    }

    static Optional<String> uid(Json item) {
        return metadata(item, "responseObject", "uid")
                .or(() -> item.get("responseObject").get("details").get("uid").text())
                .or(() -> item.get("objectRef").get("uid").text())
                .or(() -> item.get("responseStatus").get("details").get("uid").text());
    }

    /// The version of the object that the answer shows; what the reference has is what the caller expected.
    static Optional<String> revision(Json item) {
        return metadata(item, "responseObject", "resourceVersion");
    }

    static Optional<String> kind(Json item, Call call) {
        if (call.subresource().isEmpty() || call.subresource().equals("status")) {
            Optional<String> shown =
                    shownKind(item.get("responseObject")).or(() -> shownKind(item.get("requestObject")));
            if (shown.isPresent()) {
                return shown;
            }
        }
        return Resources.kind(call.resource());
    }

    /// A ticket that whoever made the change put on the object.
    static Optional<String> ticket(Json item) {
        for (String body : List.of("requestObject", "responseObject")) {
            Json annotations = item.get(body).get("metadata").get("annotations");
            for (String key : TICKETS) {
                Optional<String> ticket = annotations.get(key).text();
                if (ticket.isPresent()) {
                    return ticket;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> shownKind(Json body) {
        return isObject(body) ? body.get("kind").text() : Optional.empty();
    }

    private static Optional<String> metadata(Json item, String body, String name) {
        Json shown = item.get(body);
        return isObject(shown) ? shown.get("metadata").get(name).text() : Optional.empty();
    }

    private static boolean isObject(Json body) {
        String kind = body.get("kind").text().orElse("");
        return !NOT_THE_OBJECT.contains(kind) && !kind.endsWith("List") && !kind.startsWith("PartialObjectMetadata");
    }
}
