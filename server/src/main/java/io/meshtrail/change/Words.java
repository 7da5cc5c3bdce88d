package io.meshtrail.change;

import io.meshtrail.json.Json;
import java.util.Map;
import java.util.Set;

/// How parts of objects are called in the lines for people.
final class Words {
    /// The most characters of a value in a line.
    private static final int MOST = 240;

    /// Members that hold something and say nothing.
    private static final Set<String> SILENT = Set.of("spec", "metadata", "source", "operation");

    private static final Map<String, String> ELEMENTS = Map.ofEntries(
            Map.entry("from", "from"),
            Map.entry("to", "to"),
            Map.entry("ingress", "ingress rule"),
            Map.entry("egress", "egress rule"),
            Map.entry("http", "http route"),
            Map.entry("tls", "tls route"),
            Map.entry("tcp", "tcp route"),
            Map.entry("match", "match"),
            Map.entry("route", "route"),
            Map.entry("configPatches", "patch"),
            Map.entry("labels", "label"),
            Map.entry("annotations", "annotation"));

    private Words() {}

    static boolean isSilent(String member) {
        return SILENT.contains(member);
    }

    /// What one element of a list is called: `rule` of `rules`.
    static String one(String list) {
        String known = ELEMENTS.get(list);
        if (known != null) {
            return known;
        }
        if (list.endsWith("ies")) {
            return list.substring(0, list.length() - 3) + "y";
        }
        if (list.endsWith("sses") || list.endsWith("shes")) {
            return list.substring(0, list.length() - 2);
        }
        return list.endsWith("s") && !list.endsWith("ss") ? list.substring(0, list.length() - 1) : list;
    }

    /// A value in a line: plain if nobody can mistake it for more than that, else as JSON.
    static String shown(Json value) {
        String text = value instanceof Json.Text(String plain) && isPlain(plain) ? plain : value.compact();
        return text.length() <= MOST ? text : cut(text);
    }

    /// A name in a line.
    static String shown(String name) {
        return shown(new Json.Text(name));
    }

    private static String cut(String text) {
        int end = Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
        return text.substring(0, end) + "… (" + text.length() + " characters)";
    }

    private static boolean isPlain(String text) {
        return !text.isEmpty()
                && text.codePoints()
                        .allMatch(point -> Character.isLetterOrDigit(point) || "-_./:*@+=~%?$#&!".indexOf(point) >= 0);
    }
}
