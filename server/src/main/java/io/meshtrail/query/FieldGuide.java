package io.meshtrail.query;

import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The fields as a person who types a query wants to know them: a line for each, from a text beside this class.
public final class FieldGuide {
    private static final String RESOURCE = "fields.txt";
    private static final Map<String, String> LINES = read();

    private FieldGuide() {}

    /// A field.
    ///
    /// @param key the name in queries
    /// @param type `text`, `list`, `number` or `time`
    public record Entry(String key, String type, String description) {}

    /// The fields whose names contain a text, in any case; those that begin with it first, the others after them,
    /// each in the order of the guide.
    public static List<Entry> matching(String part) {
        String wanted = part.toLowerCase(Locale.ROOT);
        List<Entry> begin = new ArrayList<>();
        List<Entry> contain = new ArrayList<>();
        LINES.forEach((key, description) -> {
            int at = key.toLowerCase(Locale.ROOT).indexOf(wanted);
            if (at >= 0) {
                (at == 0 ? begin : contain).add(new Entry(key, type(key), description));
            }
        });
        begin.addAll(contain);
        return begin;
    }

    /// The values that a field can have, where they are a closed list; else none.
    public static List<String> known(Target target) {
        if (!(target instanceof Target.OfField(Field field))) {
            return List.of();
        }
        return switch (field) {
            case KIND -> Stream.of(Kind.values()).map(Kind::code).toList();
            case OUTCOME -> Stream.of(Outcome.values()).map(Outcome::code).toList();
            case REASON -> Stream.of(Reason.values()).map(Reason::code).toList();
            case OBSERVER_SIDE -> List.of("client", "server", "gateway", "waypoint", "node", "control");
            case MESH -> List.of("istio", "linkerd", "consul", "kuma", "cilium", "envoy", "kubernetes");
            case SOURCE_VERIFIED, DESTINATION_VERIFIED -> List.of("mtls", "claimed", "none");
            case POLICY_ACTION, SHADOW_ACTION -> List.of("allow", "deny", "default_deny");
            default -> List.of();
        };
    }

    private static String type(String key) {
        return Target.named(key)
                .map(target -> switch (target.shape()) {
                    case TEXT -> "text";
                    case TEXTS -> "list";
                    case NUMBER -> "number";
                    case TIME -> "time";
                })
                .orElse("text");
    }

    private static Map<String, String> read() {
        Map<String, String> lines = new LinkedHashMap<>();
        try (InputStream text = Objects.requireNonNull(FieldGuide.class.getResourceAsStream(RESOURCE))) {
            new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                int blank = line.indexOf(' ');
                lines.put(line.substring(0, blank), line.substring(blank + 1));
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return lines;
    }
}
