package io.meshtrail.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Settings by dotted key, from a file, the environment and the command line, each read as the type that is
/// asked for.
final class ConfigValues {
    private static final String ENVIRONMENT = "MESHTRAIL_";
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,15})(|B|KB|MB|GB|KiB|MiB|GiB)");

    private final Map<String, String> file = new LinkedHashMap<>();
    private final Map<String, String> commandLine = new LinkedHashMap<>();
    private final Map<String, String> environment;
    private final Set<String> asked = new HashSet<>();

    /// @param environment the variables of the process
    ConfigValues(Map<String, String> environment) {
        this.environment = environment;
    }

    /// Adds the keys of a YAML file; nested maps become dotted keys, the items of a list have its key and
    /// their number, from 0 on.
    ConfigValues yaml(String name, byte[] text) {
        try {
            YAMLMapper mapper = new YAMLMapper();
            JsonNode root = mapper.readTree(text);
            if (root.isMissingNode() || root.isNull()) {
                return this;
            }
            Object tree = mapper.treeToValue(root, Object.class);
            if (tree instanceof Map<?, ?> map) {
                flatten("", map, name);
            } else if (tree != null) {
                throw new ConfigException(name + " is no map of keys");
            }
        } catch (JacksonException broken) {
            throw new ConfigException(name + ": " + broken.getOriginalMessage());
        }
        return this;
    }

    private void flatten(String prefix, Map<?, ?> map, String name) {
        map.forEach((key, value) -> {
            String path = prefix + key;
            switch (value) {
                case Map<?, ?> nested when nested.isEmpty() -> file.put(path, "{}");
                case Map<?, ?> nested -> flatten(path + ".", nested, name);
                case Iterable<?> list -> flatten(path + ".", numbered(list), name);
                case null -> throw new ConfigException(path, "", "a value");
                default -> file.put(path, value.toString());
            }
        });
    }

    private static Map<String, Object> numbered(Iterable<?> list) {
        Map<String, Object> items = new LinkedHashMap<>();
        for (Object item : list) {
            items.put(Integer.toString(items.size()), item);
        }
        return items;
    }

    /// Sets what the command line says.
    ConfigValues set(String key, Optional<String> value) {
        value.ifPresent(given -> commandLine.put(key, given));
        return this;
    }

    Optional<String> text(String key) {
        asked.add(key);
        String variable =
                ENVIRONMENT + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return Optional.ofNullable(commandLine.get(key))
                .or(() -> Optional.ofNullable(environment.get(variable)))
                .or(() -> Optional.ofNullable(file.get(key)));
    }

    /// The items of a list of plain values; the environment has them separated by commas. Empty if there
    /// are none.
    List<String> texts(String key) {
        Optional<String> outside = text(key);
        if (outside.isPresent()) {
            return Arrays.stream(outside.orElseThrow().split(","))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .toList();
        }
        return sections(key).stream()
                .map(item -> text(key + "." + item)
                        .orElseThrow(() -> new ConfigException(key, "a map or list as item " + item, "plain values")))
                .toList();
    }

    /// The next parts of the file's keys below a key, in the order of the file: the names in a map, or
    /// the numbers in a list. Empty if the file has nothing below.
    List<String> sections(String key) {
        String prefix = key + ".";
        return file.keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()).split("\\.", 2)[0])
                .distinct()
                .toList();
    }

    /// All that the file has below a key, as the rests of the paths, in the order of the file.
    List<String> paths(String key) {
        String prefix = key + ".";
        return file.keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()))
                .toList();
    }

    Optional<Path> path(String key) {
        return text(key).map(value -> {
            try {
                return Path.of(value);
            } catch (InvalidPathException wrong) {
                throw new ConfigException(key, value, "a path");
            }
        });
    }

    Optional<Boolean> flag(String key) {
        return text(key).map(value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigException(key, value, "true or false");
        });
    }

    Optional<Long> count(String key) {
        return text(key).map(value -> {
            if (!value.matches("[0-9_]*") || !value.replace("_", "").matches("[0-9]{1,15}")) {
                throw new ConfigException(key, value, "a whole number");
            }
            return Long.parseLong(value.replace("_", ""));
        });
    }

    /// `250ms`, `1s`, `10m`, `2h`, `30d` or ISO 8601 (`PT10M`).
    Optional<Duration> duration(String key) {
        return text(key).map(value -> {
            Matcher matcher = DURATION.matcher(value);
            try {
                if (!matcher.matches()) {
                    return Duration.parse(value);
                }
            } catch (DateTimeParseException wrong) {
                throw new ConfigException(key, value, "a duration such as 250ms, 1s, 10m, 2h or 30d");
            }
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        });
    }

    /// `1048576`, `64MiB`, `2GB`.
    Optional<Long> bytes(String key) {
        return text(key).map(value -> {
            Matcher matcher = BYTES.matcher(value);
            if (!matcher.matches()) {
                throw new ConfigException(key, value, "a number of bytes such as 64MiB or 2GB");
            }
            long number = Long.parseLong(matcher.group(1));
            long unit = switch (matcher.group(2)) {
                case "KB" -> 1_000L;
                case "MB" -> 1_000_000L;
                case "GB" -> 1_000_000_000L;
                case "KiB" -> 1L << 10;
                case "MiB" -> 1L << 20;
                case "GiB" -> 1L << 30;
                default -> 1L;
            };
            if (number > Long.MAX_VALUE / unit) {
                throw new ConfigException(key, value, "fewer bytes");
            }
            return number * unit;
        });
    }

    /// Refuses keys of the file that nobody asked for.
    void refuseUnknown() {
        for (String key : file.keySet()) {
            if (!asked.contains(key)) {
                throw new ConfigException("configuration key '" + key + "' is unknown; known are "
                        + String.join(", ", new TreeSet<>(asked)));
            }
        }
    }
}
