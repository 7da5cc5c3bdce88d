package io.meshtrail.change;

import io.meshtrail.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Members by which the elements of a list are told apart, whatever their place.
record Identity(List<String> members) {
    private static final List<Identity> KNOWN = List.of(
            new Identity(List.of("kind", "namespace", "name")),
            new Identity(List.of("Peer", "SamenessGroup", "Partition", "Namespace", "Name")),
            new Identity(List.of("key")),
            new Identity(List.of("host")),
            new Identity(List.of("issuer")),
            new Identity(List.of("ID")));

    /// The one that tells apart all elements of both lists, if there is one.
    static Optional<Identity> of(List<Json> before, List<Json> after) {
        return KNOWN.stream()
                .filter(each -> each.fits(before) && each.fits(after))
                .findFirst();
    }

    private boolean fits(List<Json> list) {
        List<String> names = all(list);
        boolean named = list.stream()
                .allMatch(item -> item.get(members.getLast()).scalar().isPresent());
        return named && new HashSet<>(names).size() == names.size();
    }

    List<String> all(List<Json> list) {
        List<String> names = new ArrayList<>(list.size());
        for (Json item : list) {
            List<String> parts = new ArrayList<>();
            for (String member : members) {
                item.get(member)
                        .scalar()
                        .filter(part -> !part.isEmpty())
                        .ifPresent(part -> parts.add(Words.shown(part)));
            }
            names.add(String.join(" ", parts));
        }
        return names;
    }
}
