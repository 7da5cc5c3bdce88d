package io.meshtrail.sql;

import io.meshtrail.engine.SandboxSettings;
import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the server tells the process, as one line of JSON.
///
/// @param limit the most rows of the answer
record SqlRequest(String sql, SandboxSettings sandbox, int limit) {
    String line() {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("sql", new Json.Text(sql));
        members.put("memory", number(sandbox.memoryBytes()));
        members.put("threads", number(sandbox.threads()));
        members.put(
                "files",
                new Json.Arr(sandbox.files().stream()
                        .map(file -> (Json) new Json.Text(file.toString()))
                        .toList()));
        members.put("view", new Json.Text(sandbox.view()));
        members.put("rows", new Json.Text(sandbox.rows()));
        members.put("limit", number(limit));
        return new Json.Obj(members).compact();
    }

    private static Json number(long value) {
        return new Json.Scalar(Long.toString(value));
    }

    static SqlRequest parse(String line) throws JsonException {
        Json json = JsonReader.read(line);
        List<Path> files = json.get("files").items().stream()
                .map(file -> Path.of(file.text().orElse("")))
                .toList();
        SandboxSettings settings = new SandboxSettings(
                json.get("memory").whole().orElseThrow(),
                (int) json.get("threads").whole().orElseThrow(),
                files,
                json.get("view").text().orElseThrow(),
                json.get("rows").text().orElseThrow());
        return new SqlRequest(json.get("sql").text().orElse(""), settings, (int)
                json.get("limit").whole().orElseThrow());
    }
}
