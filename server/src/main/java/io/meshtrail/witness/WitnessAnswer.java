package io.meshtrail.witness;

import io.meshtrail.proof.AddCheckpointVerdict;
import java.nio.charset.StandardCharsets;

/// What a witness answers, before it is HTTP.
///
/// @param status the HTTP status
/// @param contentType of the body
public record WitnessAnswer(int status, String contentType, String body) {
    private static final String TEXT = "text/plain; charset=utf-8";

    static WitnessAnswer text(int status, String body) {
        return new WitnessAnswer(status, TEXT, body);
    }

    /// 409: the size that was cosigned last.
    static WitnessAnswer size(long latest) {
        return new WitnessAnswer(409, AddCheckpointVerdict.SIZE_CONTENT_TYPE, latest + "\n");
    }

    public byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
