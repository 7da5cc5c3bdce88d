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
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The page: files of the class path under `web/`. A path that is no file is a view of the page, which reads
/// the path itself.
final class PageRoute implements Route {
    private static final Pattern FILE =
            Pattern.compile("/(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\\.[a-z0-9]+");
    private static final List<String> OURS = List.of("/api/", "/ledger/", "/ingest/", "/v1/");
    private static final String INDEX = "/index.html";
    private static final MediaType HTML = MediaType.HTML_UTF_8;

    private static final String NOT_BUILT = """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><title>Meshtrail</title>
            <h1>Meshtrail</h1>
            <p>The server runs; this build carries no page. Build the module <code>ui</code> to have one.</p>
            <p>What works without: <a href="/api/events">/api/events</a>, <a href="/api/ledgers">/api/ledgers</a>,
            <a href="/api/sources">/api/sources</a>, <a href="/openapi.json">/openapi.json</a>.</p>
            </html>
            """;

    private final WebFiles files;

    PageRoute(WebFiles files) {
        this.files = files;
    }

    @Override
    public HttpResponse answer(ServiceRequestContext context) throws IOException {
        String path = context.path();
        if (OURS.stream().anyMatch(path::startsWith)) {
            throw Problem.notFound(path + " is not served here").exception();
        }
        String accepted = context.request().headers().get(HttpHeaderNames.ACCEPT_ENCODING, "");
        if (FILE.matcher(path).matches()) {
            return files.find(path, accepted)
                    .map(found -> response(path, found, context))
                    .orElseThrow(() ->
                            Problem.notFound("the page has no file " + path).exception());
        }
        Optional<WebFiles.Found> index = files.find(INDEX, accepted);
        return index.map(found -> response(INDEX, found, context))
                .orElseGet(() -> HttpResponse.of(HttpStatus.OK, HTML, NOT_BUILT));
    }

    private static HttpResponse response(String path, WebFiles.Found found, ServiceRequestContext context) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(WebFiles.typeOf(path))
                .set(
                        HttpHeaderNames.CACHE_CONTROL,
                        path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache")
                .set(HttpHeaderNames.VARY, "accept-encoding")
                .set(HttpHeaderNames.ETAG, found.tag());
        found.encoding().ifPresent(encoding -> headers.set(HttpHeaderNames.CONTENT_ENCODING, encoding));
        if (found.tag().equals(context.request().headers().get(HttpHeaderNames.IF_NONE_MATCH))) {
            return HttpResponse.of(headers.status(HttpStatus.NOT_MODIFIED).build());
        }
        return HttpResponse.of(headers.build(), HttpData.wrap(found.bytes()));
    }
}
