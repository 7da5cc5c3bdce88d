package io.meshtrail.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.event.Timestamp;
import io.meshtrail.http.Json;
import io.meshtrail.http.Parameters;
import io.meshtrail.http.Problem;
import io.meshtrail.http.ProblemException;
import io.meshtrail.ledger.Hold;
import io.meshtrail.ledger.Ledgers;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.query.QueryException;
import io.meshtrail.retention.HoldDesk;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// Legal holds: `/api/holds` and `/api/holds/{id}/lift`.
final class HoldRoutes {
    private static final Set<String> MEMBERS = Set.of("case", "by", "ledger", "from", "to", "query");

    private final HoldDesk desk;
    private final Ledgers ledgers;

    HoldRoutes(HoldDesk desk, Ledgers ledgers) {
        this.desk = desk;
        this.ledgers = ledgers;
    }

    HttpResponse list(ServiceRequestContext context) {
        Parameters _ = Parameters.of(context.queryParams(), Set.of());
        return Json.ok(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("holds");
            desk.holds().forEach(hold -> write(json, hold));
            json.writeEndArray();
            json.writeBooleanProperty("liftable", desk.canLift());
            CoverageJson.writeMembers(json, Covered.all(ledgers));
            json.writeEndObject();
        });
    }

    private void write(JsonGenerator json, Hold hold) {
        json.writeStartObject();
        writeMembers(json, hold);
        json.writeEndObject();
    }

    private static void writeMembers(JsonGenerator json, Hold hold) {
        json.writeStringProperty("id", hold.id());
        json.writeStringProperty("case", hold.caseName());
        json.writeStringProperty("by", hold.by());
        hold.ledger().ifPresent(name -> json.writeStringProperty("ledger", name));
        if (hold.from() > 0) {
            json.writeNumberProperty("from", hold.from());
        }
        if (hold.to() < Long.MAX_VALUE) {
            json.writeNumberProperty("to", hold.to());
        }
        if (!hold.isWithoutQuery()) {
            json.writeStringProperty("query", hold.query());
        }
        json.writeStringProperty("placed", Timestamp.print(hold.at()));
        json.writeStringProperty("address", "root/" + hold.rootIndex());
    }

    HttpResponse place(ServiceRequestContext context, io.meshtrail.json.Json body)
            throws IOException, InterruptedException {
        for (String name : body.fields().keySet()) {
            if (!MEMBERS.contains(name)) {
                throw mistake("\"" + name + "\" is unknown; known are case, by, ledger, from, to, query");
            }
        }
        HoldDesk.Wanted wanted = new HoldDesk.Wanted(
                text(body, "case").orElse(""),
                text(body, "by").orElse(""),
                text(body, "ledger"),
                number(body, "from", 0),
                number(body, "to", Long.MAX_VALUE),
                text(body, "query").orElse(""));
        try {
            Hold hold = desk.place(wanted);
            return HttpResponse.of(
                    ResponseHeaders.builder(HttpStatus.CREATED)
                            .contentType(MediaType.JSON)
                            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                            .build(),
                    HttpData.wrap(Json.bytes(json -> {
                        json.writeStartObject();
                        writeMembers(json, hold);
                        json.writeBooleanProperty("liftable", desk.canLift());
                        json.writeEndObject();
                    })));
        } catch (QueryException mistake) {
            throw Searches.problem("The query does not parse", mistake);
        } catch (IllegalArgumentException wrong) {
            throw mistake(String.valueOf(wrong.getMessage()));
        }
    }

    /// The text that approvers sign.
    HttpResponse toSign(ServiceRequestContext context) {
        Parameters _ = Parameters.of(context.queryParams(), Set.of());
        String text = desk.toSign(id(context)).orElseThrow(() -> noSuch(context));
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .contentType(MediaType.PLAIN_TEXT_UTF_8)
                        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                        .build(),
                HttpData.ofUtf8(text));
    }

    HttpResponse lift(ServiceRequestContext context, io.meshtrail.json.Json body)
            throws IOException, InterruptedException {
        String note = text(body, "note").orElseThrow(() -> mistake("\"note\" is missing: the signed approval"));
        try {
            Hold hold = desk.lift(id(context), SignedNote.parse(note)).orElseThrow(() -> noSuch(context));
            return Json.ok(json -> {
                json.writeStartObject();
                writeMembers(json, hold);
                json.writeBooleanProperty("lifted", true);
                json.writeEndObject();
            });
        } catch (MalformedException refused) {
            throw Problem.of(HttpStatus.FORBIDDEN, "The hold is not lifted", String.valueOf(refused.getMessage()))
                    .exception();
        }
    }

    private static String id(ServiceRequestContext context) {
        return String.valueOf(context.pathParam("id"));
    }

    private static ProblemException noSuch(ServiceRequestContext context) {
        return Problem.notFound("there is no hold \"" + id(context) + "\"").exception();
    }

    private static Optional<String> text(io.meshtrail.json.Json body, String name) {
        if (!body.fields().containsKey(name)) {
            return Optional.empty();
        }
        Optional<String> text = body.get(name).text();
        if (text.isEmpty()) {
            throw mistake("\"" + name + "\" is a text");
        }
        return text.filter(value -> !value.isBlank());
    }

    private static long number(io.meshtrail.json.Json body, String name, long absent) {
        if (!body.fields().containsKey(name)) {
            return absent;
        }
        return switch (body.get(name)) {
            case io.meshtrail.json.Json.Scalar(String token)
            when token.matches("0|[1-9][0-9]{0,17}") -> Long.parseLong(token);
            default -> throw mistake("\"" + name + "\" is a leafIndex, a whole number from 0 on");
        };
    }

    private static ProblemException mistake(String detail) {
        return Problem.badRequest("The hold is not understood", detail).exception();
    }
}
