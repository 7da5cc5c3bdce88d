package io.meshtrail.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.change.ObjectState;
import io.meshtrail.event.Address;
import io.meshtrail.event.Field;
import io.meshtrail.event.Timestamp;
import io.meshtrail.http.Json;
import io.meshtrail.http.Parameters;
import io.meshtrail.http.Problem;
import io.meshtrail.query.Hit;
import io.meshtrail.query.TimeText;
import io.meshtrail.story.PoliciesInForce;
import io.meshtrail.story.PolicyEffect;
import io.meshtrail.story.PolicyScope;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/// `/api/policies`: what was in force, and what a change did to the traffic.
public final class PolicyRoutes {
    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final Pattern WINDOW = Pattern.compile("([0-9]{1,6})([smhd])");

    private final PoliciesInForce inForce;
    private final PolicyEffect effect;
    private final LongSupplier now;

    /// @param now nanoseconds since 1970
    public PolicyRoutes(PoliciesInForce inForce, PolicyEffect effect, LongSupplier now) {
        this.inForce = inForce;
        this.effect = effect;
        this.now = now;
    }

    HttpResponse inForce(ServiceRequestContext context) {
        Parameters given = Parameters.of(context.queryParams(), Set.of("at", "cluster", "namespace"));
        long asked = now.getAsLong();
        long at = given.text("at").map(text -> moment(text, asked)).orElse(asked);
        PoliciesInForce.Answer answer = inForce.at(at, given.text("cluster"), given.text("namespace"));
        return Json.ok(json -> {
            json.writeStartObject();
            json.writeStringProperty("at", Timestamp.print(at));
            json.writeArrayPropertyStart("policies");
            answer.policies().forEach(policy -> write(json, policy));
            json.writeEndArray();
            CoverageJson.writeMembers(json, answer.coverage());
            json.writeEndObject();
        });
    }

    private static long moment(String text, long asked) {
        return TimeText.parse(text, asked)
                .orElseThrow(() -> Parameters.mistake(
                        "at", "\"" + text + "\" is neither RFC 3339 (2026-11-24T10:15:00Z) nor like now-15m"));
    }

    private static void write(JsonGenerator json, PoliciesInForce.Policy policy) {
        Hit change = policy.change();
        ObjectState state = policy.state();
        json.writeStartObject();
        json.writeStringProperty("address", change.address().toString());
        member(json, Field.MESH, state.key().source());
        member(json, Field.CLUSTER, state.key().cluster());
        member(json, Field.OBJECT_GROUP, state.key().group());
        member(json, Field.OBJECT_KIND, state.key().kind());
        member(json, Field.OBJECT_NAMESPACE, state.key().namespace());
        member(json, Field.OBJECT_NAME, state.key().name());
        member(json, Field.OBJECT_UID, state.uid());
        member(json, Field.OBJECT_REVISION, state.revision());
        member(json, Field.USER_ID, change.event().text(Field.USER_ID).orElse(""));
        member(json, Field.CHANGE_VERB, change.event().text(Field.CHANGE_VERB).orElse(""));
        json.writeStringProperty("time", time(change));
        json.writeStringProperty("basis", state.basis().code());
        policy.uncertainty().ifPresent(doubt -> json.writeStringProperty("uncertainty", doubt));
        policy.object().ifPresent(object -> {
            json.writeName("object");
            json.writePOJO(object);
        });
        json.writeEndObject();
    }

    private static void member(JsonGenerator json, Field field, String value) {
        if (!value.isEmpty()) {
            json.writeStringProperty(field.key(), value);
        }
    }

    private static String time(Hit hit) {
        long time = hit.event()
                .number(Field.TIME)
                .orElse(hit.event().number(Field.RECEIVED).orElse(0));
        return Timestamp.print(time);
    }

    HttpResponse effect(ServiceRequestContext context) {
        Parameters given = Parameters.of(context.queryParams(), Set.of("address", "window"));
        String text = given.text("address").orElseThrow(() -> Parameters.mistake("address", "missing"));
        Address address = Address.parse(text)
                .orElseThrow(() ->
                        Parameters.mistake("address", "\"" + text + "\" is no address; one is like control/1234"));
        Duration window = given.text("window").map(PolicyRoutes::window).orElse(USUAL);
        Hit change = effect.change(address)
                .orElseThrow(
                        () -> Problem.notFound("search has no event " + address).exception());
        if (!PolicyEffect.isPolicyChange(change.event())) {
            throw Parameters.mistake("address", address + " is no change to a policy");
        }
        PolicyEffect.Answer answer = effect.of(change, window.toNanos());
        return Json.ok(json -> write(json, answer));
    }

    private static Duration window(String text) {
        Matcher matcher = WINDOW.matcher(text);
        Optional<Duration> window = Optional.empty();
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            window = Optional.of(
                    switch (matcher.group(2)) {
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    });
        }
        return window.filter(length -> length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> Parameters.mistake("window", "\"" + text + "\" is not from 30s to 7d, such as 10m"));
    }

    private static void write(JsonGenerator json, PolicyEffect.Answer answer) {
        json.writeStartObject();
        json.writeStringProperty("address", answer.change().address().toString());
        json.writeStringProperty("time", Timestamp.print(answer.time()));
        json.writeStringProperty("from", Timestamp.print(answer.from()));
        json.writeStringProperty("to", Timestamp.print(answer.to()));
        PolicyScope scope = answer.scope();
        json.writeObjectPropertyStart("scope");
        json.writeStringProperty("query", scope.query());
        json.writeStringProperty("basis", scope.basis());
        scope.uncertainty().ifPresent(doubt -> json.writeStringProperty("uncertainty", doubt));
        json.writeEndObject();
        json.writeArrayPropertyStart("callers");
        for (PolicyEffect.Caller caller : answer.callers()) {
            json.writeStartObject();
            json.writeStringProperty("source", caller.source());
            json.writeStringProperty("destination", caller.destination());
            json.writeStringProperty("verdict", caller.verdict().code());
            counts(json, "before", caller.before());
            counts(json, "after", caller.after());
            json.writeEndObject();
        }
        json.writeEndArray();
        CoverageJson.writeMembers(json, answer.coverage());
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, String name, PolicyEffect.Counts counts) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("allowed", counts.allowed());
        json.writeNumberProperty("denied", counts.denied());
        json.writeNumberProperty("failed", counts.failed());
        json.writeEndObject();
    }
}
