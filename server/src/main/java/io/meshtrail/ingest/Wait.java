package io.meshtrail.ingest;

import io.meshtrail.http.Parameters;
import io.meshtrail.http.Problem;
import java.util.Optional;

/// Which stage the entries must reach before the sender is answered.
enum Wait {
    DURABLE,
    PUBLISHED,
    WITNESSED;

    /// @throws io.meshtrail.http.ProblemException (400) if it cannot be waited for
    static Wait of(Optional<String> parameter, Checkpoints checkpoints) {
        return switch (parameter.orElse("durable")) {
            case "durable" -> DURABLE;
            case "published" -> PUBLISHED;
            case "witnessed" -> {
                if (!checkpoints.hasWitnesses()) {
                    throw Problem.badRequest(
                                    "There is nothing to wait for",
                                    "wait=witnessed: no witnesses are configured; nothing was stored")
                            .exception();
                }
                yield WITNESSED;
            }
            default ->
                throw Parameters.mistake(
                        "wait", "\"" + parameter.get() + "\" is none of durable, published, witnessed");
        };
    }
}
