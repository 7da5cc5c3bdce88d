package io.meshtrail.anchor.webhook;

import io.meshtrail.anchor.Anchor;
import io.meshtrail.anchor.AnchoredCheckpoint;
import io.meshtrail.anchor.BoundedPost;
import io.meshtrail.anchor.Receipt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/// Posts `{"origin":…,"size":…,"root":…,"checkpoint":…}`. With a secret, the header [#SIGNATURE] is
/// `sha256=` and the hexadecimal HMAC-SHA256 of the body, so that the receiver knows who sends. Any answer
/// of 200 to 299 confirms.
public final class WebhookAnchor implements Anchor {
    /// The header with the HMAC of the body.
    public static final String SIGNATURE = "X-Meshtrail-Signature";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_ANSWER = 64 * 1024;

    private final String name;
    private final BoundedPost post;
    private final Optional<SecretKeySpec> secret;

    /// @param target where to; may be secret itself, and is never told
    /// @param secret the key of the HMAC; empty to sign nothing
    public WebhookAnchor(String name, URI target, Optional<byte[]> secret) {
        this.name = name;
        this.post = new BoundedPost(target, MOST_ANSWER);
        this.secret = secret.map(key -> new SecretKeySpec(key, "HmacSHA256"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public Receipt place(AnchoredCheckpoint checkpoint) throws IOException, InterruptedException {
        byte[] body = body(checkpoint);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        if (secret.isPresent()) {
            headers.put(SIGNATURE, "sha256=" + hmac(secret.orElseThrow(), body));
        }
        HttpResponse<byte[]> answer = post.send(body, headers);
        return Receipt.at(post.shown(), Map.of("status", Integer.toString(answer.statusCode())));
    }

    private static byte[] body(AnchoredCheckpoint checkpoint) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("origin", checkpoint.origin());
        members.put("size", checkpoint.treeSize());
        members.put("root", checkpoint.root().base64());
        members.put("checkpoint", checkpoint.note().print());
        return JSON.writeValueAsBytes(members);
    }

    private static String hmac(SecretKeySpec key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }
}
