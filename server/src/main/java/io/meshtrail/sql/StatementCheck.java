package io.meshtrail.sql;

import io.meshtrail.engine.Sandbox;
import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Decides whether a statement may run, from the tree that the engine's own parser makes of it: what is
/// checked is what will run. The sandbox would refuse most of the rest too; this is the first of two walls,
/// and the one with the better words.
final class StatementCheck {
    /// The functions that may stand in a FROM.
    private static final Set<String> TABLE_FUNCTIONS =
            Set.of("unnest", "range", "generate_series", "json_each", "json_tree");

    /// Functions that tell of the machine, write, or waste time.
    private static final Set<String> FORBIDDEN_FUNCTIONS = Set.of(
            "current_setting",
            "getenv",
            "write_log",
            "nextval",
            "currval",
            "sleep_ms",
            "stats",
            "txid_current",
            "current_transaction_id",
            "current_connection_id",
            "current_query_id",
            "current_query",
            "getvariable");

    /// What a FROM may hold besides tables and functions.
    private static final Set<String> SOURCES =
            Set.of("JOIN", "SUBQUERY", "EMPTY", "EXPRESSION_LIST", "PIVOT", "BASE_TABLE", "TABLE_FUNCTION", "SHOW_REF");

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

    private final Set<String> own;
    private final Set<String> known = new HashSet<>();

    private StatementCheck(String view, Set<String> own) {
        this.own = own;
        known.add(view);
    }

    /// @param view the one name that a FROM may mean besides those of WITH
    /// @throws SqlRefusedException saying what is not allowed
    static void check(Sandbox sandbox, String view, String sql) throws SqlRefusedException {
        Json tree;
        try {
            tree = JsonReader.read(sandbox.tree(sql));
        } catch (JsonException unreadable) {
            throw new SqlRefusedException("the statement cannot be checked: " + unreadable.reason());
        }
        if (!tree.get("error").scalar().orElse("").equals("false")) {
            throw error(tree);
        }
        List<Json> statements = tree.get("statements").items();
        if (statements.size() != 1) {
            throw new SqlRefusedException("write one statement, not " + statements.size());
        }
        StatementCheck check = new StatementCheck(view, sandbox.names());
        check.collectNames(statements.getFirst());
        check.walk(statements.getFirst());
    }

    private static SqlRefusedException error(Json answer) {
        String words = text(answer, "error_message");
        return words.startsWith("Only SELECT")
                ? new SqlRefusedException("only SELECT is allowed, without PIVOT and EXPLAIN")
                : new SqlRefusedException(words, answer.get("position").whole());
    }

    /// Notes the names that WITH gives. None may be one of the engine's own: it would be allowed where the
    /// WITH does not reach.
    private void collectNames(Json json) throws SqlRefusedException {
        for (Json entry : json.get("cte_map").get("map").items()) {
            String name = text(entry, "key");
            if (!name.matches(NAME) || own.contains(lower(name))) {
                throw new SqlRefusedException("'" + name + "' cannot be a name in WITH");
            }
            known.add(lower(name));
        }
        for (Json each : json.items()) {
            collectNames(each);
        }
        for (Json each : json.fields().values()) {
            collectNames(each);
        }
    }

    private void walk(Json json) throws SqlRefusedException {
        String cut = json.text().orElse("");
        if (cut.equals(JsonReader.TOO_DEEP) || cut.equals(JsonReader.TOO_LONG)) {
            throw new SqlRefusedException("the statement is nested too deeply or too long");
        }
        if (json.isObject()) {
            source(json);
        }
        for (Json each : json.items()) {
            walk(each);
        }
        for (Json each : json.fields().values()) {
            walk(each);
        }
    }

    private void source(Json json) throws SqlRefusedException {
        String type = text(json, "type");
        boolean isSource = json.fields().keySet().containsAll(List.of("sample", "alias"))
                && !json.fields().containsKey("class");
        if (isSource && !SOURCES.contains(type)) {
            throw new SqlRefusedException("a FROM cannot hold a " + type);
        }
        if (isSource && type.equals("TABLE_FUNCTION")) {
            String name = lower(text(json.get("function"), "function_name"));
            if (!TABLE_FUNCTIONS.contains(name)) {
                throw new SqlRefusedException("the function " + name + " is not allowed in FROM");
            }
        }
        String function = lower(text(json, "function_name"));
        if (FORBIDDEN_FUNCTIONS.contains(function)) {
            throw new SqlRefusedException("the function " + function + " is not allowed");
        }
        if (type.equals("SHOW_REF") && !json.get("query").isObject()) {
            throw new SqlRefusedException("SHOW is not allowed; DESCRIBE events tells the columns");
        }
        if (type.equals("BASE_TABLE")) {
            table(json);
        }
    }

    private void table(Json json) throws SqlRefusedException {
        String name = text(json, "table_name");
        boolean plain = text(json, "schema_name").isEmpty()
                && text(json, "catalog_name").isEmpty()
                && !json.get("at_clause").isObject();
        if (!plain || !name.matches(NAME) || !known.contains(lower(name))) {
            throw new SqlRefusedException("there is no table '" + name + "'; the one there is, is events");
        }
    }

    private static String text(Json json, String member) {
        return json.get(member).text().orElse("");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
