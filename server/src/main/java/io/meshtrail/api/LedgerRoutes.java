package io.meshtrail.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.http.Problem;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.Ledgers;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.TilePath;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// The C2SP tlog-tiles resources of each ledger under `/ledger/{name}/`: what an auditor reads who trusts
/// nothing here.
final class LedgerRoutes {
    private static final String IMMUTABLE = "public, max-age=31536000, immutable";
    private static final MediaType BYTES = MediaType.create("application", "octet-stream");

    private final Ledgers ledgers;

    LedgerRoutes(Ledgers ledgers) {
        this.ledgers = ledgers;
    }

    HttpResponse checkpoint(ServiceRequestContext context) {
        LedgerReader ledger = ledger(context);
        byte[] note = ledger.checkpoint()
                .orElseThrow(() -> Problem.notFound(ledger.name() + " has no checkpoint yet")
                        .exception());
        String tag = "\"" + sha256(note) + "\"";
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.PLAIN_TEXT_UTF_8)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set(HttpHeaderNames.ETAG, tag)
                .build();
        if (tag.equals(context.request().headers().get(HttpHeaderNames.IF_NONE_MATCH))) {
            return HttpResponse.of(
                    headers.toBuilder().status(HttpStatus.NOT_MODIFIED).build());
        }
        return HttpResponse.of(headers, HttpData.wrap(note));
    }

    /// The signed minimum index: from which entry on this ledger is served.
    HttpResponse minimum(ServiceRequestContext context) {
        LedgerReader ledger = ledger(context);
        byte[] note = ledger.minimum()
                .orElseThrow(() -> Problem.notFound(ledger.name() + " has no checkpoint yet")
                        .exception());
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.PLAIN_TEXT_UTF_8)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .build();
        return HttpResponse.of(headers, HttpData.wrap(note));
    }

    HttpResponse key(ServiceRequestContext context) {
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.PLAIN_TEXT_UTF_8)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .build();
        return HttpResponse.of(headers, HttpData.ofUtf8(ledger(context).verifierKey() + "\n"));
    }

    /// A tile or a bundle. The path is taken as it was sent, not decoded: each resource has exactly one
    /// name.
    HttpResponse tile(ServiceRequestContext context) throws IOException {
        LedgerReader ledger = ledger(context);
        String prefix = "/ledger/" + ledger.name() + "/";
        String whole = String.valueOf(context.rawPath());
        if (!whole.startsWith(prefix)) {
            throw Problem.notFound("not a canonical tile path").exception();
        }
        TilePath path;
        try {
            path = TilePath.parse(whole.substring(prefix.length()));
        } catch (MalformedException refused) {
            throw Problem.notFound(String.valueOf(refused.getMessage())).exception();
        }
        Optional<byte[]> bytes = path.isEntries()
                ? ledger.bundle(path.index(), path.width())
                : ledger.tile(path.level(), path.index(), path.width());
        byte[] body = bytes.orElseThrow(() -> Problem.notFound("the published tree of " + ledger.name() + " has no "
                        + path + "; it has " + ledger.publishedSize() + " entries, from " + ledger.minIndex() + " on")
                .exception());
        ResponseHeadersBuilder headers =
                ResponseHeaders.builder(HttpStatus.OK).contentType(BYTES).set(HttpHeaderNames.CACHE_CONTROL, IMMUTABLE);
        String accepted = context.request().headers().get(HttpHeaderNames.ACCEPT_ENCODING, "");
        HttpData data = PackedBody.of(body, accepted, headers);
        return HttpResponse.of(headers.build(), data);
    }

    private LedgerReader ledger(ServiceRequestContext context) {
        String name = String.valueOf(context.pathParam("name"));
        return ledgers.named(name)
                .orElseThrow(() ->
                        Problem.notFound("there is no ledger \"" + name + "\"").exception());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
