package io.meshtrail.source.kubernetes;

import io.meshtrail.event.Outcome;
import io.meshtrail.event.Reason;
import java.util.Optional;

/// One sentence for people: `alice@corp.example patched AuthorizationPolicy shop/orders-viewer`.
final class Summary {
    private static final long CREATED = 201;

    private Summary() {}

    static String of(String who, Optional<String> kind, Call call, Answer answer, long code) {
        String what = object(kind, call);
        boolean applied = call.verb().equals("patch") && code == CREATED;
        String ending = call.isDryRun() ? " (dry run)" : applied ? " by apply" : "";
        String verb = applied ? "create" : call.verb();
        return switch (answer.outcome()) {
            case CHANGED, ALLOWED -> who + " " + (call.reachesIn() ? reached(call) : done(verb)) + " " + what + ending;
            case DENIED -> who + " was denied to " + plain(verb, call) + " " + what + because(answer) + ending;
            case FAILED -> who + " failed to " + plain(verb, call) + " " + what + because(answer) + ending;
            case UNKNOWN -> who + " tried to " + plain(verb, call) + " " + what + ending;
        };
    }

    private static String object(Optional<String> kind, Call call) {
        String name = call.name().isEmpty() ? "" : call.name();
        boolean scoped = !call.namespace().isEmpty() && !call.resource().equals("namespaces");
        String place = scoped ? call.namespace() + (name.isEmpty() ? "" : "/" + name) : name;
        String of = kind.orElse(call.resource());
        boolean status = !call.subresource().isEmpty() && !call.reachesIn();
        String shown = status ? of + " " + call.subresource() : of;
        if (call.verb().equals("deletecollection")) {
            return "all selected " + call.resource() + (place.isEmpty() ? "" : " in " + place);
        }
        return place.isEmpty() ? shown : shown + (name.isEmpty() ? " in " : " ") + place;
    }

    private static String done(String verb) {
        return switch (verb) {
            case "create" -> "created";
            case "update" -> "updated";
            case "patch" -> "patched";
            case "delete", "deletecollection" -> "deleted";
            default -> "called " + verb + " on";
        };
    }

    private static String reached(Call call) {
        return switch (call.subresource()) {
            case "exec" -> "ran a command in";
            case "attach" -> "attached to";
            case "portforward" -> "forwarded a port of";
            case "log" -> "read the log of";
            case "token" -> "got a token of";
            default -> "called " + call.subresource() + " of";
        };
    }

    private static String plain(String verb, Call call) {
        if (call.reachesIn()) {
            return "call " + call.subresource() + " of";
        }
        return verb.equals("deletecollection") ? "delete" : verb;
    }

    private static String because(Answer answer) {
        Outcome outcome = answer.outcome();
        Optional<Reason> reason = answer.reason();
        boolean plain = outcome == Outcome.DENIED && reason.equals(Optional.of(Reason.FORBIDDEN));
        return plain || reason.isEmpty() ? "" : ": " + reason.get().meaning();
    }
}
