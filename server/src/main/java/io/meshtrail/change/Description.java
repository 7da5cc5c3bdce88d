package io.meshtrail.change;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import io.meshtrail.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What can be said about a change: its difference, in both forms, and on what that rests.
///
/// @param diff RFC 6902
/// @param lines one for each difference
/// @param basis what it was compared with
/// @param base the state that it was compared with
/// @param isNoChange whether the object was left as it was
record Description(
        Optional<Json> diff, List<String> lines, Compared basis, Optional<KnownState> base, boolean isNoChange) {
    private static final String VERSION = "apiVersion";

    /// What names an object and need not be told again.
    private static final List<String> NAMING = List.of(VERSION, "kind", "metadata", "Kind", "Name");

    private static final int MOST_LINES = 40;

    /// Characters of a summary; a character may take three bytes.
    private static final int MOST_TEXT = 1_300;

    /// What a change was compared with, as `attributes.change.basis` says it.
    enum Compared {
        /// There was nothing before.
        CREATED("created"),
        /// A watcher found it when it looked for the first time.
        FIRST_SEEN("first_seen"),
        /// The last state that is known.
        LAST_KNOWN("last_known"),
        /// An older state: a change between was not seen whole.
        OLDER_KNOWN("older_known"),
        /// Nothing: the difference is the patch that was sent.
        REQUEST_PATCH("request_patch"),
        /// Nothing: neither the object before nor a patch is known.
        UNKNOWN("unknown"),
        /// Nothing: the ledger could not be read at that moment.
        UNREADABLE("unreadable");

        private final String code;

        Compared(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /// @param verb of the change
    /// @param isCreation whether the API says that there was nothing before
    /// @param request the body that was sent, masked
    static Description of(ObjectState change, PastObjects.Past past, String verb, boolean isCreation, Json request) {
        Optional<Base> base = Base.before(change, past.states());
        if (change.isGone()) {
            return deletion(change, base);
        }
        boolean wasGone = base.filter(found -> found.state().state().isGone()).isPresent();
        if (change.object().isPresent() && (isCreation || wasGone)) {
            return creation(change.object().get(), Compared.CREATED);
        }
        if (change.object().isPresent() && base.isEmpty() && verb.equals("observe")) {
            return creation(change.object().get(), Compared.FIRST_SEEN);
        }
        if (change.object().isEmpty() || base.isEmpty()) {
            return unknown(change, request, past.isComplete());
        }
        return comparison(change, change.object().get(), base.get(), request);
    }

    private static Description creation(Json after, Compared basis) {
        Map<String, Json> naming = new LinkedHashMap<>();
        NAMING.forEach(name -> naming.put(name, after.get(name)));
        return new Description(
                Optional.of(Patch.creating(after)),
                Lines.between(new Json.Obj(naming), after),
                basis,
                Optional.empty(),
                false);
    }

    private static Description comparison(ObjectState change, Json after, Base base, Json request) {
        ObjectState last = base.state().state();
        Json before = inVersion(last.object().orElse(Json.Scalar.NULL), after.get(VERSION));
        Json diff = Patch.between(before, after);
        boolean same = change.isRevisionOf(last) && diff.items().isEmpty();
        List<String> lines = new ArrayList<>(same ? List.of() : Lines.between(before, after));
        if (!same) {
            lines.addAll(SecretKeys.lines(change.key(), request));
        }
        if (!same && lines.isEmpty()) {
            lines.add("only what the server keeps for itself changed");
        }
        return new Description(
                Optional.of(diff),
                lines,
                base.isDirect() ? Compared.LAST_KNOWN : Compared.OLDER_KNOWN,
                Optional.of(base.state()),
                same);
    }

    /// The same object can be read in several versions of its API.
    private static Json inVersion(Json object, Json version) {
        if (!object.isObject() || version.isNull()) {
            return object;
        }
        Map<String, Json> members = new LinkedHashMap<>(object.fields());
        members.put(VERSION, version);
        return new Json.Obj(members);
    }

    private static Description deletion(ObjectState change, Optional<Base> base) {
        Optional<Json> shown = change.object();
        Optional<Json> last = shown.isPresent()
                ? shown
                : base.flatMap(found -> found.state().state().object());
        Compared basis = shown.isPresent() || base.filter(Base::isDirect).isPresent()
                ? Compared.LAST_KNOWN
                : base.isPresent() ? Compared.OLDER_KNOWN : Compared.UNKNOWN;
        return new Description(last.map(Patch::deleting), List.of(), basis, base.map(Base::state), false);
    }

    private static Description unknown(ObjectState change, Json request, boolean isComplete) {
        Optional<Json> patch = MergePatch.operations(request);
        Compared without = isComplete ? Compared.UNKNOWN : Compared.UNREADABLE;
        return new Description(
                patch,
                SecretKeys.lines(change.key(), request),
                patch.isPresent() ? Compared.REQUEST_PATCH : without,
                Optional.empty(),
                false);
    }

    /// The event with all of this.
    AuditEvent on(AuditEvent event) {
        AuditEvent.Builder builder = event.toBuilder();
        builder.attribute("change.basis", basis.code());
        base.ifPresent(found -> {
            builder.attribute("change.base_revision", found.state().revision());
            found.address().ifPresent(address -> builder.attribute("change.base", address.toString()));
        });
        diff.ifPresent(patch -> builder.text(Field.CHANGE_DIFF, patch.compact()));
        if (isNoChange) {
            builder.outcome(Outcome.ALLOWED).reason(Reason.NO_CHANGE);
        }
        event.text(Field.CHANGE_SUMMARY).ifPresent(sentence -> builder.text(Field.CHANGE_SUMMARY, summary(sentence)));
        return builder.build();
    }

    private String summary(String sentence) {
        List<String> text = new ArrayList<>();
        text.add(isNoChange ? sentence + ", which left it as it was" : sentence);
        int length = 0;
        for (String line : lines) {
            length += line.length();
            if (text.size() > MOST_LINES || length > MOST_TEXT) {
                text.add("and " + (lines.size() - text.size() + 1) + " more");
                break;
            }
            text.add(line);
        }
        return String.join("\n", text);
    }
}
