package io.meshtrail.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.Field;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
    /// The bar is the cursor; a dash stands for no field.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "|;0;``;-",
                "ou|;0;ou;-",
                "outcome:denied htt|p;15;htt;-",
                "-sou|;1;sou;-",
                "NOT (sou|;5;sou;-",
                "outcome:|;8;``;outcome",
                "outcome:de|nied;8;de;outcome",
                "a outcome:d|;10;d;outcome",
                "-outcome:d|;9;d;outcome",
                "outcome!=d|;9;d;outcome",
                "http.status>=5|;13;5;http.status",
                "kind:(request OR co|;17;co;kind",
                "kind:(request OR (co|;18;co;kind",
                "kind:(request) re|;15;re;-",
                "source.identity:\"spiffe://a b|;16;spiffe://a b;source.identity",
                "http.path:/a\\*b|;10;/a*b;http.path",
                "nonsense:a|;0;nonsense:a;-",
                "attributes.team:a|;16;a;attributes.team",
                "user.groups:a outcome:|;22;``;outcome"
            })
    void whatIsTypedIsUnderstoodBeforeItParses(String text, int from, String typed, String field) {
        Completion completion = Completion.at(text.replace("|", ""), text.indexOf('|'));
        assertThat(completion.from()).isEqualTo(from);
        assertThat(completion.typed()).isEqualTo(typed);
        assertThat(completion.field().map(Target::key).orElse("-")).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"((((", "))))", "\"", "\\", "a:(b:(c:(", "- - -", ":", "a\\", "\u0000"})
    void nonsenseIsCompletedToo(String text) {
        for (int position = 0; position <= text.length(); position++) {
            assertThat(Completion.at(text, position).from()).isBetween(0, text.length());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "denied",
                "a b",
                "a\"b",
                "a*b",
                "a\\b",
                "spiffe://a/b",
                "(x)",
                "[a",
                "<a",
                "-a",
                "OR",
                "a:b",
                "5xx",
                "é\u00a0x"
            })
    void whatIsWrittenMeansTheValueAndNothingElse(String value) throws QueryException {
        assertThat(QueryParser.parse("detail:" + Completion.written(value), 0))
                .isEqualTo(new Filter.Text(new Target.OfField(Field.DETAIL), Wildcard.exactly(value)));
    }

    @Test
    void theGuideHasEveryField() {
        List<String> all = Stream.concat(
                        Stream.of("ledger", "leafIndex"),
                        Field.inKeyOrder().stream().map(Field::key))
                .toList();
        assertThat(FieldGuide.matching("")).extracting(FieldGuide.Entry::key).containsExactlyInAnyOrderElementsOf(all);
        assertThat(FieldGuide.matching("HTTP."))
                .extracting(FieldGuide.Entry::key)
                .startsWith("http.method")
                .hasSize(7);
        assertThat(FieldGuide.matching("identity"))
                .extracting(FieldGuide.Entry::key)
                .containsExactly("source.identity", "destination.identity");
    }
}
