package io.meshtrail.source.kubernetes;

import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import io.meshtrail.mask.Mask;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.Decoder;
import io.meshtrail.source.Hints;
import io.meshtrail.source.Line;
import io.meshtrail.source.Lines;
import io.meshtrail.source.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what the API server's audit webhook posts and what its log backend writes.
public final class KubernetesAuditDecoder implements Decoder {
    private static final String ITEMS = "items";

    private final AuditItem items;

    public KubernetesAuditDecoder() {
        this(Mask.DEFAULT);
    }

    public KubernetesAuditDecoder(Mask mask) {
        this.items = new AuditItem(mask);
    }

    @Override
    public String format() {
        return "kubernetes-audit";
    }

    @Override
    public List<Decoded> decode(byte[] body, Hints hints) {
        List<Line> lines = Lines.of(body);
        if (lines.isEmpty()) {
            return List.of(new Decoded.Rejection(1, "empty body"));
        }
        if (lines.size() > 1 && isWhole(lines.getFirst())) {
            return eachLine(lines, hints);
        }
        int start = Lines.start(body);
        List<Decoded> found = new ArrayList<>();
        Optional<String> broken = document(Utf8.of(body, start, body.length - start), 1, false, hints, found);
        if (broken.isPresent()) {
            if (found.isEmpty() && lines.size() > 1 && lines.stream().anyMatch(KubernetesAuditDecoder::isWhole)) {
                return eachLine(lines, hints);
            }
            found.add(new Decoded.Rejection(found.size() + 1, broken.get()));
        }
        return found;
    }

    /// Whether a line looks like a whole object, so that the next line is another record.
    private static boolean isWhole(Line line) {
        String text = line.utf8().text().strip();
        return text.startsWith("{") && text.endsWith("}") && text.length() > 2;
    }

    private List<Decoded> eachLine(List<Line> lines, Hints hints) {
        List<Decoded> found = new ArrayList<>(lines.size());
        for (Line line : lines) {
            document(line.utf8(), line.number(), true, hints, found)
                    .ifPresent(why -> found.add(new Decoded.Rejection(line.number(), why)));
        }
        return found;
    }

    /// Reads one JSON document and adds what is in it.
    ///
    /// @param number of the record in its body
    /// @param fixed whether all items of a list have that number (a list on a line), or count on from it
    /// @return why reading stopped before the end, if it did
    private Optional<String> document(Utf8 text, int number, boolean fixed, Hints hints, List<Decoded> found) {
        try {
            Json rest = JsonReader.items(
                    text.text(),
                    ITEMS,
                    item -> found.add(
                            items.decode(item, fixed ? number : number + found.size(), text.damage(), hints)));
            if (!isList(rest)) {
                found.add(items.decode(rest, number, text.damage(), hints));
            }
            return Optional.empty();
        } catch (JsonException notJson) {
            return Optional.of(notJson.reason());
        }
    }

    private static boolean isList(Json rest) {
        return rest instanceof Json.Arr || rest.get(ITEMS) instanceof Json.Arr;
    }
}
