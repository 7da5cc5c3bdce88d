package io.meshtrail.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.json.Json;
import io.meshtrail.json.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatchTest {
    @Test
    void aReplacedValueIsShownBeforeAndAfter() throws Exception {
        assertThat(Patch.between(JsonReader.read("{\"a\":1.50}"), JsonReader.read("{\"a\":\"x\"}"))
                        .compact())
                .isEqualTo("[{\"op\":\"test\",\"path\":\"/a\",\"value\":1.50},"
                        + "{\"op\":\"replace\",\"path\":\"/a\",\"value\":\"x\"}]");
    }

    @Test
    void equalObjectsGiveAnEmptyPatch() throws Exception {
        Json object = JsonReader.read("{\"a\":[1,2,{\"b\":null}]}");
        assertThat(Patch.between(object, object).compact()).isEqualTo("[]");
    }

    @Test
    void anyPatchAppliedToWhatWasGivesWhatIs() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Json before = object(random, 3);
            Json after = random.nextInt(4) == 0 ? object(random, 3) : mutated(before, random);
            Json patch = Patch.between(before, after);
            assertThat(AppliedPatch.to(before, patch))
                    .as("seed %d, round %d: %s", seed, i, patch.compact())
                    .isEqualTo(after);
        }
    }

    @Test
    void hostileObjectsAreComparedInBoundedTime() throws Exception {
        String digits = "9".repeat(100_000);
        Json huge = JsonReader.read("{\"a\":" + digits + ",\"b\":1e999999999}");
        assertThat(Patch.between(huge, JsonReader.read("{\"a\":1}")).compact()).contains(digits, "1e999999999");
        String list = "[0" + ",1".repeat(20_000) + "]";
        String other = "[2" + ",3".repeat(20_000) + "]";
        assertThat(Patch.between(JsonReader.read("{\"l\":" + list + "}"), JsonReader.read("{\"l\":" + other + "}"))
                        .items())
                .extracting(operation -> operation.get("path"))
                .containsOnly(new Json.Text(""));
        String deep = "[".repeat(190) + "1" + "]".repeat(190);
        assertThat(Patch.between(JsonReader.read(deep), JsonReader.read(deep.replace('1', '2')))
                        .items())
                .isNotEmpty();
    }

    private static Json mutated(Json value, Random random) {
        return switch (value) {
            case Json.Obj(Map<String, Json> members) -> {
                Map<String, Json> changed = new LinkedHashMap<>();
                members.forEach((name, member) -> {
                    if (random.nextInt(6) > 0) {
                        changed.put(name, random.nextInt(3) == 0 ? mutated(member, random) : member);
                    }
                });
                if (random.nextInt(3) == 0) {
                    changed.put(name(random), object(random, 1));
                }
                yield new Json.Obj(changed);
            }
            case Json.Arr(List<Json> list) -> {
                List<Json> changed = new ArrayList<>();
                for (Json item : list) {
                    if (random.nextInt(5) > 0) {
                        changed.add(random.nextInt(3) == 0 ? mutated(item, random) : item);
                    }
                }
                if (random.nextBoolean()) {
                    changed.add(random.nextInt(changed.size() + 1), object(random, 1));
                }
                yield new Json.Arr(changed);
            }
            case Json.Text _, Json.Scalar _ -> leaf(random);
        };
    }

    private static Json object(Random random, int depth) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            members.put(name(random), value(random, depth));
        }
        return new Json.Obj(members);
    }

    private static Json value(Random random, int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(4)) {
            case 1 -> object(random, depth - 1);
            case 2 -> {
                List<Json> list = new ArrayList<>();
                for (int i = random.nextInt(6); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                yield new Json.Arr(list);
            }
            default -> leaf(random);
        };
    }

    private static Json leaf(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Json.Scalar.NULL;
            case 1 -> new Json.Scalar(Integer.toString(random.nextInt(4)));
            case 2 -> new Json.Scalar("true");
            default -> new Json.Text(Character.toString('a' + random.nextInt(4)));
        };
    }

    private static String name(Random random) {
        return List.of("a", "b", "/", "~", "~1", "", "0", "-", "é").get(random.nextInt(9));
    }
}
