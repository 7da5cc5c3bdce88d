package io.meshtrail.query;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random events and random filters over one small, hostile vocabulary, so that they often meet.
public final class RandomQueries {
    /// The first time of the random events.
    public static final long START = Timestamp.parse("2026-11-24T10:00:00Z").orElseThrow();

    private static final List<String> TEXTS = List.of(
            "a",
            "A",
            "ab",
            "a'b",
            "a\"b",
            "100%",
            "a_b",
            "a\\b",
            "a\0b",
            "\u2028",
            "😀",
            "\uFFFD😀z",
            "Ä",
            "ä",
            "İ",
            "ß",
            "\n",
            "[a]",
            "a,b",
            "\",\"",
            "{}",
            "u0000",
            "*",
            "a*b",
            "(?i)a.b",
            "$1",
            "?",
            ";--",
            "Ǆ",
            "/a/b");
    private static final List<String> ADDRESSES = List.of(
            "10.0.0.1",
            "10.255.3.4",
            "11.0.0.1",
            "192.168.1.77",
            "010.0.0.1",
            "10.0.0",
            "10.0.0.1:80",
            "::1",
            "fd00::1",
            "FD00:0:0:0:0:0:0:1",
            "fe80::1%eth0",
            "::ffff:10.0.0.1",
            "::FFFF:a00:1",
            "0:0:0:0:0:ffff:10.0.0.9",
            "64:ff9b::10.0.0.1",
            "1::2::3",
            ":::",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "1:2:3",
            "1.2.3.4::",
            "::1.2.3.4.5",
            "12345::",
            "::",
            "fd00:",
            ":fd00::1",
            "1:2:3:4:5:6:1.2.3.4",
            "1:2:3:4:5:6:7:1.2.3.4");
    private static final List<String> NETWORKS = List.of(
            "10.0.0.0/8",
            "10.0.0.0/9",
            "10.0.0.1/32",
            "0.0.0.0/0",
            "192.168.1.64/26",
            "::/0",
            "fd00::/8",
            "fe80::/10",
            "::1/128",
            "64:ff9b::/96",
            "64:ff9b::a00:0/104",
            "1:2:3:4:5:6:7:0/115",
            "::ffff:0:0/96",
            "::/90");
    private static final List<Field> FIELDS = List.of(
            Field.HTTP_PATH,
            Field.HTTP_HOST,
            Field.SOURCE_IDENTITY,
            Field.USER_ID,
            Field.POLICY_NAME,
            Field.DETAIL,
            Field.TLS_PEER_SAN,
            Field.USER_GROUPS,
            Field.RAW,
            Field.HTTP_STATUS,
            Field.DURATION,
            Field.TIME,
            Field.RECEIVED,
            Field.SOURCE_ADDRESS,
            Field.OUTCOME,
            Field.KIND);

    private final Random random;

    public RandomQueries(Random random) {
        this.random = random;
    }

    /// An event with a time and some of the fields.
    public AuditEvent event() {
        AuditEvent.Builder builder = AuditEvent.builder()
                .number(Field.TIME, START + random.nextInt(1000) * 1_000_000_000L)
                .number(Field.RECEIVED, START + random.nextInt(1000) * 1_000_000_000L)
                .kind(pick(List.of(Kind.values())))
                .outcome(pick(List.of(Outcome.values())));
        for (Field field : FIELDS) {
            if (!builder.has(field) && random.nextInt(3) != 0) {
                set(builder, field);
            }
        }
        if (random.nextBoolean()) {
            builder.attribute(pick(List.of("a", "a.b/c", "b")), text()).attribute("z", text());
        }
        return builder.build();
    }

    private void set(AuditEvent.Builder builder, Field field) {
        switch (field.type()) {
            case TEXT, JSON -> builder.text(field, field == Field.SOURCE_ADDRESS ? pick(ADDRESSES) : text());
            case INTEGER, TIME -> builder.number(field, number());
            case TEXTS -> builder.texts(field, random.nextBoolean() ? List.of(text()) : List.of(text(), text()));
        }
    }

    /// A filter of some depth.
    public Filter filter(int depth) {
        int choice = random.nextInt(depth == 0 ? 7 : 10);
        return switch (choice) {
            case 0 -> new Filter.Word(folded());
            case 1 -> new Filter.Present(target());
            case 2, 3 -> textTest();
            case 4, 5 -> {
                Target target = numeric();
                long first = random.nextInt(4) == 0 ? Long.MIN_VALUE : number(target);
                long last = first != Long.MIN_VALUE && random.nextInt(4) == 0 ? Long.MAX_VALUE : number(target);
                yield new Filter.Numbers(target, Math.min(first, last), Math.max(first, last));
            }
            case 6 ->
                random.nextInt(5) == 0
                        ? new Filter.Everything()
                        : new Filter.Addresses(
                                new Target.OfField(Field.SOURCE_ADDRESS),
                                Network.parse(pick(NETWORKS)).orElseThrow());
            case 7 -> new Filter.Not(filter(depth - 1));
            case 8 -> new Filter.And(List.of(filter(depth - 1), filter(depth - 1)));
            default -> new Filter.Or(List.of(filter(depth - 1), filter(depth - 1)));
        };
    }

    private Filter textTest() {
        Target target = textual();
        if (target.isAddress()) {
            String address = pick(ADDRESSES);
            return new Filter.Text(
                    target, random.nextBoolean() ? Wildcard.exactly(address) : new Wildcard(List.of(address, "")));
        }
        if (random.nextInt(3) != 0) {
            return new Filter.Text(target, target.ignoresCase() ? folded() : pattern());
        }
        Filter.Bound a = new Filter.Bound(fold(target, text()), random.nextBoolean());
        Filter.Bound b = new Filter.Bound(fold(target, text()), random.nextBoolean());
        return switch (random.nextInt(3)) {
            case 0 -> new Filter.TextRange(target, java.util.Optional.of(a), java.util.Optional.empty());
            case 1 -> new Filter.TextRange(target, java.util.Optional.empty(), java.util.Optional.of(a));
            default -> new Filter.TextRange(target, java.util.Optional.of(a), java.util.Optional.of(b));
        };
    }

    private static String fold(Target target, String text) {
        return target.ignoresCase() ? Casing.lower(text) : text;
    }

    private Wildcard folded() {
        return new Wildcard(pattern().parts().stream().map(Casing::lower).toList());
    }

    private Wildcard pattern() {
        List<String> parts = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            boolean outer = i == 0 || i == count - 1;
            parts.add(count > 1 && outer && random.nextBoolean() ? "" : text());
        }
        return new Wildcard(parts);
    }

    private Target target() {
        return random.nextBoolean() ? textual() : numeric();
    }

    private Target textual() {
        List<Target> targets =
                new ArrayList<>(List.of(new Target.Ledger(), new Target.Attribute("a"), new Target.Attribute("a.b/c")));
        FIELDS.stream()
                .map(Target.OfField::new)
                .filter(target -> target.shape() == Target.Shape.TEXT || target.shape() == Target.Shape.TEXTS)
                .forEach(targets::add);
        return pick(targets);
    }

    private Target numeric() {
        return pick(List.of(
                new Target.LeafIndex(),
                new Target.OfField(Field.HTTP_STATUS),
                new Target.OfField(Field.DURATION),
                new Target.OfField(Field.TIME)));
    }

    private long number(Target target) {
        return target.shape() == Target.Shape.TIME ? START + random.nextInt(1000) * 1_000_000_000L : number();
    }

    private long number() {
        return random.nextInt(20);
    }

    private String text() {
        return random.nextInt(3) == 0 ? pick(TEXTS) + pick(TEXTS) : pick(TEXTS);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
