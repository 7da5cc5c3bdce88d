package io.meshtrail.sql;

import io.meshtrail.engine.EngineException;
import io.meshtrail.engine.Sandbox;
import io.meshtrail.engine.SandboxSettings;
import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The work of the process: reads requests, one a line, and answers each with lines of JSON: an object with
/// the columns, an array for each row, and an object that says how it ended ([SqlEnd]).
public final class SqlWorker {
    /// The most characters of a row; what is longer ends the answer.
    static final int MAX_ROW = 4 << 20;

    private final Function<SandboxSettings, Sandbox> sandboxes;
    private final BufferedWriter out;

    public SqlWorker(Function<SandboxSettings, Sandbox> sandboxes, OutputStream out) {
        this.sandboxes = sandboxes;
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    }

    /// Answers until the input ends.
    ///
    /// @param asked told before each request is read
    /// @param begun told when one has come
    public void serve(InputStream requests, Runnable asked, Runnable begun) throws IOException, JsonException {
        BufferedReader in = new BufferedReader(new InputStreamReader(requests, StandardCharsets.UTF_8));
        asked.run();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            begun.run();
            end(answer(SqlRequest.parse(line)));
            asked.run();
        }
    }

    private SqlEnd answer(SqlRequest request) throws IOException {
        Answer answer = new Answer(request.limit());
        try (Sandbox sandbox = sandboxes.apply(request.sandbox())) {
            StatementCheck.check(sandbox, request.sandbox().view(), request.sql());
            sandbox.read(request.sql(), answer);
            return answer.end();
        } catch (SqlRefusedException refused) {
            return new SqlEnd(SqlEnd.Why.REFUSED, String.valueOf(refused.getMessage()), refused.position());
        } catch (EngineException refused) {
            return SqlEnd.of(SqlEnd.Why.REFUSED, String.valueOf(refused.getMessage()));
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    private void end(SqlEnd end) throws IOException {
        line(end.json());
        out.flush();
    }

    private void line(Json json) throws IOException {
        out.write(json.compact());
        out.write('\n');
    }

    private final class Answer implements Sandbox.RowSink {
        private final int limit;
        private int count;
        private SqlEnd end = SqlEnd.of(SqlEnd.Why.DONE, "");

        private Answer(int limit) {
            this.limit = limit;
        }

        SqlEnd end() {
            return end;
        }

        @Override
        public void columns(List<Sandbox.Column> columns) {
            List<Json> list = new ArrayList<>();
            for (Sandbox.Column column : columns) {
                Map<String, Json> members = new LinkedHashMap<>();
                members.put("name", new Json.Text(column.name()));
                members.put("type", new Json.Text(column.type()));
                list.add(new Json.Obj(members));
            }
            write(new Json.Obj(Map.of("columns", new Json.Arr(list))).compact());
        }

        @Override
        public boolean row(List<@Nullable Object> values) {
            if (count == limit) {
                end = SqlEnd.of(SqlEnd.Why.MORE_ROWS, "there are more than the " + limit + " rows that were wanted");
                return false;
            }
            String row = RowJson.of(values).compact();
            if (row.length() > MAX_ROW) {
                end = SqlEnd.of(SqlEnd.Why.REFUSED, "a row of " + row.length() + " characters; at most " + MAX_ROW);
                return false;
            }
            write(row);
            count++;
            return true;
        }

        private void write(String text) {
            try {
                out.write(text);
                out.write('\n');
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }
}
