package io.meshtrail.source.envoy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.ProtoReader;
import io.meshtrail.protobuf.Span;
import java.util.ArrayList;
import java.util.List;

/// Writes the claims of the verified token that the JWT filter left in the metadata, under whatever key it
/// was told to use. Only the allow-list passes: `iss`, `sub`, `aud`, `azp`, `groups`, `exp` and `jti`.
final class TokenClaims {
    private static final int GROUPS_LIMIT = 256;

    private final byte[] bytes;
    private final AuditEvent.Builder event;
    private final TextCache texts;

    TokenClaims(byte[] bytes, AuditEvent.Builder event, TextCache texts) {
        this.bytes = bytes;
        this.event = event;
        this.texts = texts;
    }

    /// @param payloads the Struct of the filter's namespace
    void write(long payloads) throws MalformedBytesException {
        if (payloads == Span.NONE) {
            return;
        }
        StructField payload = new StructField();
        StructField claim = new StructField();
        ProtoReader fields = ProtoReader.at(bytes, payloads);
        while (payload.next(fields)) {
            ProtoReader claims = payload.struct();
            while (claims != null && claim.next(claims)) {
                write(claim);
            }
        }
    }

    private void write(StructField claim) throws MalformedBytesException {
        long key = claim.key();
        if (Span.is(bytes, key, "sub")) {
            texts.put(event, Field.USER_ID, bytes, claim.text());
        } else if (Span.is(bytes, key, "iss")) {
            texts.put(event, Field.USER_ISSUER, bytes, claim.text());
        } else if (Span.is(bytes, key, "groups")) {
            event.texts(Field.USER_GROUPS, strings(claim, "user.groups"));
        } else if (Span.is(bytes, key, "aud")) {
            event.attribute("jwt.aud", String.join(",", strings(claim, "jwt.aud")));
        } else if (Span.is(bytes, key, "azp")) {
            attribute("jwt.azp", claim);
        } else if (Span.is(bytes, key, "exp")) {
            attribute("jwt.exp", claim);
        } else if (Span.is(bytes, key, "jti")) {
            attribute("jwt.jti", claim);
        }
    }

    private void attribute(String name, StructField claim) {
        String text = claim.text() == Span.NONE ? claim.plain() : texts.text(event, name, bytes, claim.text());
        if (!text.isEmpty()) {
            event.attribute(name, text);
        }
    }

    /// A claim that is a list of strings or a single one.
    private List<String> strings(StructField claim, String name) throws MalformedBytesException {
        ProtoReader list = claim.list();
        if (list == null) {
            return claim.text() == Span.NONE ? List.of() : List.of(texts.text(event, name, bytes, claim.text()));
        }
        List<String> found = new ArrayList<>();
        StructField item = new StructField();
        while (found.size() < GROUPS_LIMIT && item.nextItem(list)) {
            if (item.text() != Span.NONE) {
                found.add(texts.text(event, name, bytes, item.text()));
            }
        }
        return found;
    }
}
