package io.meshtrail.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An error as the caller sees it: RFC 9457 problem JSON.
///
/// @param title the kind of problem, in words
/// @param detail what is wrong here: names and numbers
/// @param members further members: strings, numbers, booleans or lists of strings
/// @param retryAfter when it makes sense to come again
public record Problem(
        HttpStatus status, String title, String detail, Map<String, Object> members, Optional<Duration> retryAfter) {
    public static final MediaType MEDIA_TYPE = MediaType.create("application", "problem+json");

    public Problem {
        members = Map.copyOf(members);
    }

    public static Problem of(HttpStatus status, String title, String detail) {
        return new Problem(status, title, detail, Map.of(), Optional.empty());
    }

    public static Problem badRequest(String title, String detail) {
        return of(HttpStatus.BAD_REQUEST, title, detail);
    }

    public static Problem notFound(String detail) {
        return of(HttpStatus.NOT_FOUND, "There is no such thing", detail);
    }

    public Problem with(String name, Object value) {
        Map<String, Object> more = new TreeMap<>(members);
        more.put(name, value);
        return new Problem(status, title, detail, more, retryAfter);
    }

    /// @param wait said to the caller in whole seconds, at least one
    public Problem retryAfter(Duration wait) {
        return new Problem(status, title, detail, members, Optional.of(wait));
    }

    public ProblemException exception() {
        return new ProblemException(this);
    }

    public HttpResponse toResponse() {
        return toAggregated().toHttpResponse();
    }

    public AggregatedHttpResponse toAggregated() {
        ResponseHeadersBuilder headers =
                ResponseHeaders.builder(status).contentType(MEDIA_TYPE).set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        retryAfter.ifPresent(wait -> headers.setLong(HttpHeaderNames.RETRY_AFTER, seconds(wait)));
        return AggregatedHttpResponse.of(headers.build(), HttpData.wrap(json()));
    }

    /// The 405 of a path that knows other methods.
    public static HttpResponse methodNotAllowed(HttpMethod method, String path, String allowed) {
        AggregatedHttpResponse problem = of(
                        HttpStatus.METHOD_NOT_ALLOWED,
                        "The method is not allowed",
                        method + " " + path + ": allowed is " + allowed)
                .toAggregated();
        ResponseHeaders headers = problem.headers().toBuilder()
                .set(HttpHeaderNames.ALLOW, allowed)
                .build();
        return AggregatedHttpResponse.of(headers, problem.content()).toHttpResponse();
    }

    private byte[] json() {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringProperty("type", "about:blank");
            json.writeStringProperty("title", title);
            json.writeNumberProperty("status", status.code());
            json.writeStringProperty("detail", detail);
            new TreeMap<>(members).forEach((name, value) -> {
                json.writeName(name);
                json.writePOJO(value);
            });
            json.writeEndObject();
        });
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
