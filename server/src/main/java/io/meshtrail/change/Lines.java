package io.meshtrail.change;

import io.meshtrail.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Differences in words, one a line: `rule 2: principal cluster.local/ns/shop/sa/web added`. Lists of texts
/// are compared as sets, elements with a name of their own by that, others by their place.
final class Lines {
    private final List<String> lines = new ArrayList<>();

    private Lines() {}

    static List<String> between(Json before, Json after) {
        Lines found = new Lines();
        found.compare(Place.ROOT, before, after);
        return found.lines;
    }

    /// Where a difference is.
    ///
    /// @param element the list elements above it, `rule 2, from 1`; empty at the top
    /// @param path the members since then, `mtls.mode`
    private record Place(String element, String path) {
        static final Place ROOT = new Place("", "");

        Place member(String name) {
            return Words.isSilent(name)
                    ? this
                    : new Place(element, path.isEmpty() ? Words.shown(name) : path + "." + Words.shown(name));
        }

        Place element(String called) {
            String whole = path.isEmpty() ? called : path + "." + called;
            return new Place(element.isEmpty() ? whole : element + ", " + whole, "");
        }

        /// The list itself, without a word of its own: it has a single element before and after.
        Place onlyElement() {
            return this;
        }

        String line(String what) {
            return element.isEmpty() ? what : element + ": " + what;
        }

        String called(String name) {
            return path.isEmpty() ? name : path + "." + name;
        }
    }

    private void compare(Place place, Json before, Json after) {
        if (before.equals(after)) {
            return;
        }
        if (opens(before, after)) {
            Set<String> names = new LinkedHashSet<>(before.fields().keySet());
            names.addAll(after.fields().keySet());
            for (String name : names) {
                member(place, name, before.get(name), after.get(name));
            }
            return;
        }
        value(place, before, after);
    }

    /// Whether both are objects, or one is and the other is not there.
    private static boolean opens(Json before, Json after) {
        return (before.isObject() && after.isObject())
                || (before.isNull() && !after.fields().isEmpty())
                || (after.isNull() && !before.fields().isEmpty());
    }

    private void member(Place place, String name, Json before, Json after) {
        if (before.equals(after)) {
            return;
        }
        boolean lists = (before instanceof Json.Arr || before.isNull())
                && (after instanceof Json.Arr || after.isNull())
                && (!before.items().isEmpty() || !after.items().isEmpty());
        if (lists) {
            list(place, name, before.items(), after.items());
        } else if ((name.equals("labels") || name.equals("annotations")) && opens(before, after)) {
            named(place, Words.one(name), before, after);
        } else {
            compare(place.member(name), before, after);
        }
    }

    /// Labels and annotations: their names are full of dots.
    private void named(Place place, String called, Json before, Json after) {
        Set<String> names = new LinkedHashSet<>(before.fields().keySet());
        names.addAll(after.fields().keySet());
        for (String name : names) {
            if (!before.get(name).equals(after.get(name))) {
                changed(place, place.called(called + " " + Words.shown(name)), before.get(name), after.get(name));
            }
        }
    }

    private void value(Place place, Json before, Json after) {
        changed(place, place.path().isEmpty() ? "value" : place.path(), before, after);
    }

    private void changed(Place place, String what, Json before, Json after) {
        if (before.isNull()) {
            lines.add(place.line(what + " set to " + Words.shown(after)));
        } else if (after.isNull()) {
            lines.add(place.line(what + " removed (was " + Words.shown(before) + ")"));
        } else {
            lines.add(place.line(what + " changed from " + Words.shown(before) + " to " + Words.shown(after)));
        }
    }

    private void list(Place place, String name, List<Json> before, List<Json> after) {
        if ((long) before.size() * after.size() > Patch.MOST_STEPS) {
            lines.add(place.line(place.called(name) + " changed: " + before.size() + " elements before, " + after.size()
                    + " after"));
            return;
        }
        boolean plain =
                before.stream().noneMatch(Json::isObject) && after.stream().noneMatch(Json::isObject);
        if (plain) {
            texts(place, name, before, after);
            return;
        }
        Optional<Identity> identity = Identity.of(before, after);
        if (identity.isPresent()) {
            identified(place, name, identity.get(), before, after);
        } else {
            placed(place, name, before, after);
        }
    }

    private void texts(Place place, String name, List<Json> before, List<Json> after) {
        List<Json> added = new ArrayList<>(after);
        before.forEach(added::remove);
        List<Json> removed = new ArrayList<>(before);
        after.forEach(removed::remove);
        String one = place.called(Words.one(name));
        removed.forEach(item -> lines.add(place.line(one + " " + Words.shown(item) + " removed")));
        added.forEach(item -> lines.add(place.line(one + " " + Words.shown(item) + " added")));
        if (added.isEmpty() && removed.isEmpty()) {
            lines.add(place.line("order of " + place.called(name) + " changed"));
        }
    }

    private void identified(Place place, String name, Identity identity, List<Json> before, List<Json> after) {
        List<String> old = identity.all(before);
        List<String> now = identity.all(after);
        String one = Words.one(name);
        for (int i = 0; i < before.size(); i++) {
            if (!now.contains(old.get(i))) {
                gone(place, one + " " + old.get(i), before.get(i));
            }
        }
        for (int i = 0; i < after.size(); i++) {
            int was = old.indexOf(now.get(i));
            if (was < 0) {
                added(place, one + " " + now.get(i), after.get(i));
            } else {
                compare(place.element(one + " " + now.get(i)), before.get(was), after.get(i));
            }
        }
        List<String> kept = new ArrayList<>(old);
        kept.retainAll(now);
        List<String> keptNow = new ArrayList<>(now);
        keptNow.retainAll(old);
        if (!kept.equals(keptNow)) {
            lines.add(place.line("order of " + place.called(name) + " changed"));
        }
    }

    /// Equal elements are left out wherever they stand; the others are compared in their order.
    private void placed(Place place, String name, List<Json> before, List<Json> after) {
        Set<Integer> old = rest(before, after);
        Set<Integer> now = rest(after, before);
        if (old.isEmpty() && now.isEmpty()) {
            lines.add(place.line("order of " + place.called(name) + " changed"));
            return;
        }
        String one = Words.one(name);
        boolean single = before.size() <= 1 && after.size() <= 1 && (one.equals("from") || one.equals("to"));
        List<Integer> waiting = new ArrayList<>(now);
        for (int was : old) {
            if (waiting.isEmpty()) {
                gone(place, one + " " + (was + 1), before.get(was));
            } else {
                int is = waiting.removeFirst();
                compare(
                        single ? place.onlyElement() : place.element(one + " " + (is + 1)),
                        before.get(was),
                        after.get(is));
            }
        }
        for (int is : waiting) {
            if (single) {
                compare(place.onlyElement(), Json.Scalar.NULL, after.get(is));
            } else {
                added(place, one + " " + (is + 1), after.get(is));
            }
        }
    }

    /// The places of those elements that the other list does not have.
    private static Set<Integer> rest(List<Json> list, List<Json> other) {
        List<Json> unmatched = new ArrayList<>(other);
        Set<Integer> rest = new TreeSet<>();
        for (int i = 0; i < list.size(); i++) {
            if (!unmatched.remove(list.get(i))) {
                rest.add(i);
            }
        }
        return rest;
    }

    private void added(Place place, String what, Json value) {
        lines.add(place.line(place.called(what) + " added: " + Words.shown(value)));
    }

    private void gone(Place place, String what, Json value) {
        lines.add(place.line(place.called(what) + " removed: " + Words.shown(value)));
    }
}
