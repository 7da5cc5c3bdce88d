package io.meshtrail.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.http.Json;
import io.meshtrail.http.Parameters;
import io.meshtrail.http.Problem;
import io.meshtrail.privacy.Erasure;
import io.meshtrail.privacy.ErasureRefusedException;
import io.meshtrail.privacy.Pseudonym;
import io.meshtrail.privacy.Subject;
import io.meshtrail.privacy.SubjectTable;
import io.meshtrail.privacy.Subjects;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;

/// `/api/subjects` and `/api/subjects/erase`.
final class SubjectsRoute {
    private static final int MOST = 10_000;
    private static final Set<String> MEMBERS = Set.of("value", "pseudonym", "reason");

    private final Optional<Subjects> subjects;

    SubjectsRoute(Optional<Subjects> subjects) {
        this.subjects = subjects;
    }

    /// The subjects, or one of them with what proves its pseudonym.
    HttpResponse list(ServiceRequestContext context) {
        Parameters given = Parameters.of(context.queryParams(), Set.of("value", "pseudonym", "limit", "after"));
        int limit = given.integer("limit", 100, 1, MOST);
        Optional<String> name = given.text("pseudonym");
        Optional<String> value = given.text("value");
        if (subjects.isEmpty()) {
            return page(new SubjectTable.Some(List.of(), true), 0, false);
        }
        SubjectTable table = subjects.orElseThrow().table();
        if (name.isPresent() || value.isPresent()) {
            Optional<Pseudonym> asked = name.map(text -> pseudonym("pseudonym", text));
            List<Subject> found = asked.or(() -> value.flatMap(table::find)).flatMap(table::subject).stream()
                    .filter(subject -> value.isEmpty() || value.get().equals(subject.value()))
                    .toList();
            return page(new SubjectTable.Some(found, true), table.count(), true);
        }
        Optional<Pseudonym> after = given.text("after").map(text -> pseudonym("after", text));
        return page(table.list(after, limit), table.count(), false);
    }

    private static Pseudonym pseudonym(String parameter, String text) {
        return Pseudonym.parse(text)
                .orElseThrow(() -> Parameters.mistake(
                        parameter, "\"" + text + "\" is no pseudonym; one is ~ and 43 characters of base64url"));
    }

    private static HttpResponse page(SubjectTable.Some some, int count, boolean proven) {
        return Json.ok(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("subjects");
            for (Subject subject : some.subjects()) {
                json.writeStartObject();
                json.writeStringProperty("pseudonym", subject.pseudonym().toString());
                json.writeStringProperty("value", subject.value());
                fields(json, subject.fields());
                if (proven) {
                    json.writeStringProperty("salt", Base64.getEncoder().encodeToString(subject.salt()));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberProperty("count", count);
            if (!some.all()) {
                json.writeStringProperty(
                        "next", some.subjects().getLast().pseudonym().toString());
            }
            json.writeEndObject();
        });
    }

    private static void fields(JsonGenerator json, List<String> fields) {
        json.writeArrayPropertyStart("fields");
        fields.forEach(json::writeString);
        json.writeEndArray();
    }

    /// Erases one.
    HttpResponse erase(ServiceRequestContext context, io.meshtrail.json.Json body)
            throws IOException, InterruptedException {
        Parameters _ = Parameters.of(context.queryParams(), Set.of());
        for (String member : body.fields().keySet()) {
            if (!MEMBERS.contains(member)) {
                throw Parameters.mistake(member, "unknown; known are " + String.join(", ", new TreeSet<>(MEMBERS)));
            }
        }
        String reason = body.get("reason")
                .text()
                .orElseThrow(() -> Parameters.mistake("reason", "missing; it stays on record"));
        Optional<String> value = body.get("value").text();
        Optional<String> name = body.get("pseudonym").text();
        if (value.isPresent() == name.isPresent()) {
            throw Parameters.mistake("value", "give either value or pseudonym");
        }
        Erasure erasure = subjects.orElseThrow(
                        () -> Problem.notFound("there are no subjects: privacy.subjects has never been on")
                                .exception())
                .erasure();
        try {
            return done(
                    value.isPresent()
                            ? erasure.value(value.orElseThrow(), reason)
                            : erasure.pseudonym(pseudonym("pseudonym", name.orElseThrow()), reason));
        } catch (ErasureRefusedException refused) {
            throw problem(refused).exception();
        }
    }

    private static Problem problem(ErasureRefusedException refused) {
        String words = String.valueOf(refused.getMessage());
        return switch (refused.why()) {
            case UNKNOWN -> Problem.notFound(words);
            case HELD -> Problem.of(HttpStatus.CONFLICT, "A hold forbids it", words);
            case TELLING -> Problem.badRequest("The reason tells too much", words);
        };
    }

    private static HttpResponse done(Erasure.Erased erased) {
        return Json.ok(json -> {
            json.writeStartObject();
            json.writeStringProperty("pseudonym", erased.pseudonym().toString());
            fields(json, erased.fields());
            erased.events().ifPresent(events -> json.writeNumberProperty("events", events));
            json.writeEndObject();
        });
    }
}
