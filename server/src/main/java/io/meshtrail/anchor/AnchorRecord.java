package io.meshtrail.anchor;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `root` says of a checkpoint at an anchor: an entry with the action `anchor`
/// (`docs/formats/root.md`).
///
/// @param anchor the anchor's name
/// @param kind the anchor's kind
/// @param checkpoint what was placed
/// @param locator where it lies
/// @param says what else the place said
/// @param files the SHA-256 of what was kept, by path below the data folder
/// @param at nanoseconds since 1970 at which `root` took the entry
public record AnchorRecord(
        String anchor,
        String kind,
        AnchoredCheckpoint checkpoint,
        String locator,
        Map<String, String> says,
        Map<String, Hash> files,
        long at) {
    /// The value of `action`.
    public static final String ACTION = "anchor";

    /// A line as `sha256sum` writes and checks it.
    private static final Pattern FILE =
            Pattern.compile("([0-9a-f]{64})  (anchors/[a-z0-9][a-z0-9.-]*/[0-9]{20}\\.[a-z]+)");

    public AnchorRecord {
        says = Map.copyOf(says);
        files = Map.copyOf(files);
    }

    /// One sentence for people.
    public String detail() {
        return "the checkpoint of size " + checkpoint.treeSize() + " is at " + locator;
    }

    /// The attributes of the entry.
    public Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("anchor", anchor);
        attributes.put("anchor_kind", kind);
        attributes.put("size", Long.toString(checkpoint.treeSize()));
        attributes.put("root", checkpoint.root().base64());
        attributes.put("checkpoint", checkpoint.note().print());
        attributes.put("sha256", checkpoint.sha256().hex());
        attributes.put("locator", locator);
        StringBuilder receipt = new StringBuilder();
        new TreeMap<>(says)
                .forEach((name, value) ->
                        receipt.append(name).append(' ').append(value).append('\n'));
        attributes.put("receipt", receipt.toString());
        if (!files.isEmpty()) {
            StringBuilder lines = new StringBuilder();
            new TreeMap<>(files)
                    .forEach((path, hash) ->
                            lines.append(hash.hex()).append("  ").append(path).append('\n'));
            attributes.put("files", lines.toString());
        }
        return attributes;
    }

    /// Whether an entry of `root` is such a record.
    public static boolean isOne(AuditEvent event) {
        return event.text(Field.ACTION).filter(ACTION::equals).isPresent();
    }

    /// Reads an entry of `root`.
    ///
    /// @throws MalformedException if it contradicts itself
    public static AnchorRecord of(AuditEvent event) throws MalformedException {
        return of(event.attributes(), event.number(Field.RECEIVED).orElse(0L));
    }

    /// Reads the attributes of such an entry.
    ///
    /// @param at when `root` took it; 0 if that does not matter
    /// @throws MalformedException if they contradict themselves
    public static AnchorRecord of(Map<String, String> says, long at) throws MalformedException {
        AnchoredCheckpoint checkpoint =
                AnchoredCheckpoint.parse(says.getOrDefault("checkpoint", "").getBytes(StandardCharsets.UTF_8));
        String size = says.getOrDefault("size", "");
        if (!size.equals(Long.toString(checkpoint.treeSize()))) {
            throw new MalformedException("the entry says size " + size + ", its checkpoint " + checkpoint.treeSize());
        }
        Map<String, String> receipt = new TreeMap<>();
        says.getOrDefault("receipt", "").lines().forEach(line -> {
            String[] words = line.split(" ", 2);
            receipt.put(words[0], words.length < 2 ? "" : words[1]);
        });
        return new AnchorRecord(
                says.getOrDefault("anchor", ""),
                says.getOrDefault("anchor_kind", ""),
                checkpoint,
                says.getOrDefault("locator", ""),
                receipt,
                files(says.getOrDefault("files", "")),
                at);
    }

    /// What stands in `files`.
    public static Hash sha256(byte[] bytes) {
        return AnchoredCheckpoint.sha256(bytes);
    }

    private static Map<String, Hash> files(String lines) throws MalformedException {
        Map<String, Hash> files = new TreeMap<>();
        for (String line : lines.split("\n")) {
            Matcher file = FILE.matcher(line);
            if (file.matches()) {
                files.put(file.group(2), Hash.fromHex(file.group(1)));
            } else if (!line.isEmpty()) {
                throw new MalformedException("a file of an anchor is written as '" + line + "'");
            }
        }
        return files;
    }
}
