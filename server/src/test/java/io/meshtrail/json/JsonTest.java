package io.meshtrail.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    @Test
    void aPathIsWalkedWithoutAsking() throws JsonException {
        Json json = JsonReader.read("{\"a\":{\"b\":[1,\"2\",null,true,\"\"]}}");
        List<Json> items = json.get("a").get("b").items();
        assertThat(items.getFirst().whole()).hasValue(1);
        assertThat(items.get(1).whole()).hasValue(2);
        assertThat(items.get(1).text()).contains("2");
        assertThat(items.get(2).isNull()).isTrue();
        assertThat(items.get(3).scalar()).contains("true");
        assertThat(items.get(4).text()).isEmpty();
        assertThat(json.get("x").get("y").get("z").isNull()).isTrue();
        assertThat(json.get("a").text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"\\ud800\"",
                "1e999999999999",
                "-0.10",
                "[\"\\u0000\\n\\\"\\\\\",{\"\":[null,false]}]",
                "\"ü😀\""
            })
    void whatIsPrintedIsWhatWasRead(String text) throws JsonException {
        assertThat(JsonReader.read(text).compact()).isEqualTo(text);
    }

    @Test
    void theCanonicalFormDoesNotDependOnOrderOrBlanks() throws JsonException {
        byte[] one = JsonReader.read("{ \"b\" : 1, \"a\" : {\"d\":1,\"c\":2} }").canonical();
        assertThat(new String(one, StandardCharsets.UTF_8)).isEqualTo("{\"a\":{\"c\":2,\"d\":1},\"b\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1}x",
                "{} {}",
                "NaN",
                "hunter2",
                "{'a':1}",
                "01",
                "\"\n\"",
                "\"\\x\"",
                "[1 2]"
            })
    void whatIsNotJsonIsRefusedWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> JsonReader.read(text))
                .isInstanceOf(JsonException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void ofARepeatedNameTheLastValueCounts() throws JsonException {
        assertThat(JsonReader.read("{\"a\":1,\"b\":2,\"a\":3}").compact()).isEqualTo("{\"a\":3,\"b\":2}");
    }

    @Test
    void tooManyValuesAreCutAndTheRestSurvives() throws JsonException {
        Json json = JsonReader.read("{\"a\":[" + "1,".repeat(JsonReader.MAX_VALUES) + "1],\"b\":2}");
        assertThat(json.get("a").items()).hasSizeLessThanOrEqualTo(JsonReader.MAX_VALUES);
        assertThat(json.get("a").items().getLast()).isEqualTo(new Json.Text(JsonReader.TOO_LONG));
        assertThat(json.get("cut")).isEqualTo(new Json.Text(JsonReader.TOO_LONG));
    }

    @Test
    void itemsAreHandedOutOneByOneUntilTheTextBreaks() throws JsonException {
        List<String> items = new ArrayList<>();
        Json rest = JsonReader.items(
                "{\"items\":[1,{\"a\":2}],\"kind\":\"L\"}", "items", item -> items.add(item.compact()));
        assertThat(items).containsExactly("1", "{\"a\":2}");
        assertThat(rest.compact()).isEqualTo("{\"items\":[],\"kind\":\"L\"}");
        items.clear();
        assertThatThrownBy(() -> JsonReader.items("[1,2,}", "items", item -> items.add(item.compact())))
                .isInstanceOf(JsonException.class);
        assertThat(items).containsExactly("1", "2");
    }
}
