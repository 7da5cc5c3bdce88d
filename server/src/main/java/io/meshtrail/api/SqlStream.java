package io.meshtrail.api;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import io.meshtrail.engine.Sandbox;
import io.meshtrail.http.Json;
import io.meshtrail.query.Coverage;
import io.meshtrail.sql.SqlSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The answer to a statement as it goes out. Until the columns are known nothing is sent, so that a refusal can
/// still be a problem answer; after that a failure breaks the body off.
final class SqlStream implements SqlSink {
    /// How rows are written.
    enum Format {
        JSON,
        CSV
    }

    private final Format format;
    private final CompletableFuture<HttpResponse> promise;
    private Optional<StreamedAnswer> out = Optional.empty();
    private long rows;

    SqlStream(Format format, CompletableFuture<HttpResponse> promise) {
        this.format = format;
        this.promise = promise;
    }

    @Override
    public void columns(List<Sandbox.Column> columns) throws IOException {
        MediaType type = format == Format.JSON
                ? MediaType.create("application", "json")
                : MediaType.CSV_UTF_8.withParameter("header", "present");
        StreamedAnswer answer = new StreamedAnswer(ResponseHeaders.builder(HttpStatus.OK)
                .contentType(type)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build());
        out = Optional.of(answer);
        promise.complete(answer.response());
        if (format == Format.CSV) {
            write(Csv.line(
                    columns.stream().map(column -> Csv.text(column.name())).toList()));
            return;
        }
        byte[] head = Json.bytes(json -> {
            json.writeStartArray();
            for (Sandbox.Column column : columns) {
                json.writeStartObject();
                json.writeStringProperty("name", column.name());
                json.writeStringProperty("type", column.type());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        write("{\"columns\":" + new String(head, StandardCharsets.UTF_8) + ",\"rows\":[");
    }

    @Override
    public void row(io.meshtrail.json.Json row) throws IOException {
        write(
                format == Format.CSV
                        ? Csv.line(row.items().stream().map(SqlStream::cell).toList())
                        : (rows == 0 ? "\n" : ",\n") + row.compact());
        rows++;
    }

    private static String cell(io.meshtrail.json.Json value) {
        return switch (value) {
            case io.meshtrail.json.Json.Text(String text) -> Csv.text(text);
            case io.meshtrail.json.Json.Scalar(String token) -> value.isNull() ? "" : token;
            case io.meshtrail.json.Json.Arr list -> Csv.plain(list.compact());
            case io.meshtrail.json.Json.Obj object -> Csv.plain(object.compact());
        };
    }

    @Override
    public void end(Coverage coverage) throws IOException {
        if (format == Format.JSON) {
            byte[] tail = Json.bytes(json -> {
                json.writeStartObject();
                json.writeNumberProperty("rowCount", rows);
                CoverageJson.writeMembers(json, coverage);
                json.writeEndObject();
            });
            write("]," + new String(tail, 1, tail.length - 1, StandardCharsets.UTF_8));
        } else if (!coverage.complete()) {
            write(Csv.line(List.of(Csv.plain("INCOMPLETE: " + String.join("; ", coverage.missing())))));
        }
        out.orElseThrow().close();
    }

    void breakOff() {
        out.ifPresent(StreamedAnswer::breakOff);
    }

    private void write(String text) throws IOException {
        out.orElseThrow().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
