package io.meshtrail.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a policy line by line, refusing whatever a reader could misunderstand.
final class TlogPolicyParser {
    private static final int MAX_BYTES = 1 << 20;
    private static final String NONE = "none";

    private final List<TlogPolicy.Log> logs = new ArrayList<>();
    private final List<TlogPolicy.Witness> witnesses = new ArrayList<>();
    private final List<TlogPolicy.Group> groups = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> members = new HashSet<>();
    private Optional<String> quorum = Optional.empty();

    TlogPolicy parse(byte[] bytes) throws MalformedException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedException("policy has " + bytes.length + " bytes, the limit is " + MAX_BYTES);
        }
        String text = Utf8.decode(bytes, "policy");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7f) {
                throw new MalformedException(String.format("policy holds the control character 0x%02x", (int) c));
            }
        }
        int number = 1;
        for (int start = 0; start < text.length(); number++) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            try {
                line(items(text.substring(start, end)));
            } catch (MalformedException bad) {
                throw bad.in("policy line " + number);
            }
            start = end + 1;
        }
        if (quorum.isEmpty()) {
            throw new MalformedException("policy has no quorum line");
        }
        return new TlogPolicy(logs, witnesses, groups, quorum.filter(name -> !name.equals(NONE)));
    }

    private static List<String> items(String line) {
        List<String> items = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= line.length(); i++) {
            if (i == line.length() || line.charAt(i) == ' ' || line.charAt(i) == '\t') {
                if (i > start) {
                    items.add(line.substring(start, i));
                }
                start = i + 1;
            }
        }
        return items;
    }

    private void line(List<String> items) throws MalformedException {
        if (items.isEmpty() || items.get(0).startsWith("#")) {
            return;
        }
        switch (items.get(0)) {
            case "log" -> log(items);
            case "witness" -> witness(items);
            case "group" -> group(items);
            case "quorum" -> quorum(items);
            default -> throw new MalformedException("unknown keyword " + Shown.of(items.get(0)));
        }
    }

    private void log(List<String> items) throws MalformedException {
        count(items, 2, 3);
        VerifierKey key = VerifierKey.parse(items.get(1));
        if (key.type() == SignatureType.COSIGNATURE_ED25519) {
            throw new MalformedException("the key of log " + key.name() + " is a cosigner's");
        }
        if (logs.stream().anyMatch(log -> sameKey(log.key(), key))) {
            throw new MalformedException("the key of log " + key.name() + " is listed twice");
        }
        logs.add(new TlogPolicy.Log(key, item(items, 2)));
    }

    private void witness(List<String> items) throws MalformedException {
        count(items, 3, 4);
        VerifierKey key = VerifierKey.parse(items.get(2));
        if (key.type() == SignatureType.ED25519) {
            throw new MalformedException("the key of witness " + key.name() + " is a log's");
        }
        if (witnesses.stream().anyMatch(witness -> sameKey(witness.key(), key))) {
            throw new MalformedException("the key of witness " + key.name() + " is listed twice");
        }
        witnesses.add(new TlogPolicy.Witness(define(items.get(1)), key, item(items, 3)));
    }

    private void group(List<String> items) throws MalformedException {
        count(items, 4, Integer.MAX_VALUE);
        List<String> listed = items.subList(3, items.size());
        for (String member : listed) {
            defined(member);
            if (!members.add(member)) {
                throw new MalformedException(Shown.of(member) + " is a member of two groups");
            }
        }
        long threshold = switch (items.get(2)) {
            case "all" -> listed.size();
            case "any" -> 1;
            default -> Decimal.parse(items.get(2), "group threshold");
        };
        if (threshold < 1 || threshold > listed.size()) {
            throw new MalformedException(
                    "group threshold is " + threshold + ", expected 1 to " + listed.size() + ", its members");
        }
        groups.add(new TlogPolicy.Group(define(items.get(1)), (int) threshold, listed));
    }

    private void quorum(List<String> items) throws MalformedException {
        count(items, 2, 2);
        if (quorum.isPresent()) {
            throw new MalformedException("second quorum line");
        }
        if (!items.get(1).equals(NONE)) {
            defined(items.get(1));
        }
        quorum = Optional.of(items.get(1));
    }

    private String define(String name) throws MalformedException {
        if (name.equals(NONE) || !names.add(name)) {
            throw new MalformedException("the name " + Shown.of(name) + " is taken");
        }
        return name;
    }

    private void defined(String name) throws MalformedException {
        if (!names.contains(name)) {
            throw new MalformedException("the name " + Shown.of(name) + " is not defined above");
        }
    }

    private static void count(List<String> items, int least, int most) throws MalformedException {
        if (items.size() < least || items.size() > most) {
            throw new MalformedException("a " + items.get(0) + " line cannot have " + (items.size() - 1) + " items");
        }
    }

    private static Optional<String> item(List<String> items, int place) {
        return items.size() > place ? Optional.of(items.get(place)) : Optional.empty();
    }

    private static boolean sameKey(VerifierKey one, VerifierKey other) {
        return Arrays.equals(one.raw(), other.raw());
    }
}
