package io.meshtrail.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EntryFormatException;
import io.meshtrail.event.EventCodec;
import io.meshtrail.http.Json;
import io.meshtrail.http.Parameters;
import io.meshtrail.http.Problem;
import io.meshtrail.http.ProblemException;
import io.meshtrail.ledger.EntryUnavailableException;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.Ledgers;
import io.meshtrail.privacy.SubjectView;
import io.meshtrail.query.Hit;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One event by its address, with its exact bytes, and its proof.
final class EventRoutes {
    private final Ledgers ledgers;
    private final EventJson events;
    private final Derivation derivation;
    private final SubjectView view;

    EventRoutes(Ledgers ledgers, EventJson events, Derivation derivation, SubjectView view) {
        this.ledgers = ledgers;
        this.events = events;
        this.derivation = derivation;
        this.view = view;
    }

    HttpResponse event(ServiceRequestContext context) throws IOException, EntryFormatException {
        Parameters _ = Parameters.of(context.queryParams(), Set.of());
        Address address = address(context);
        LedgerReader ledger = ledger(address.ledger());
        byte[] entry = entry(ledger, address);
        AuditEvent event = view.event(EventCodec.decode(entry));
        Map<String, Object> derived = derivation.of(address, event);
        return Json.ok(json -> {
            json.writeStartObject();
            events.writeMembers(json, new Hit(address, event), new Projection.Whole(), derived);
            json.writeName("entry");
            json.writeBinary(entry);
            CoverageJson.writeMembers(json, Covered.one(ledger));
            json.writeEndObject();
        });
    }

    HttpResponse proof(ServiceRequestContext context) throws IOException {
        Parameters _ = Parameters.of(context.queryParams(), Set.of());
        Address address = address(context);
        LedgerReader ledger = ledger(address.ledger());
        if (address.leafIndex() >= ledger.size()) {
            throw notThere(ledger, address).exception();
        }
        Optional<byte[]> proof;
        try {
            proof = ledger.proof(address.leafIndex());
        } catch (EntryUnavailableException unavailable) {
            throw problem(ledger, address, unavailable);
        }
        byte[] text = proof.orElseThrow(() -> Problem.notFound(address
                        + " is not under a checkpoint yet; the last one covers " + ledger.publishedSize() + " entries")
                .retryAfter(Duration.ofSeconds(1))
                .exception());
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.PLAIN_TEXT_UTF_8)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set(
                        HttpHeaderNames.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + address.ledger() + "-" + address.leafIndex() + ".tlog-proof\"")
                .build();
        return HttpResponse.of(headers, HttpData.wrap(text));
    }

    private static Address address(ServiceRequestContext context) {
        String text = context.pathParam("ledger") + "/" + context.pathParam("leafIndex");
        return Address.parse(text)
                .orElseThrow(() -> Problem.notFound("\"" + text + "\" is no address; one is like security/1234")
                        .exception());
    }

    private LedgerReader ledger(String name) {
        return ledgers.named(name)
                .orElseThrow(() ->
                        Problem.notFound("there is no ledger \"" + name + "\"").exception());
    }

    private static byte[] entry(LedgerReader ledger, Address address) throws IOException {
        try {
            return ledger.entry(address.leafIndex());
        } catch (EntryUnavailableException unavailable) {
            throw problem(ledger, address, unavailable);
        }
    }

    private static ProblemException problem(
            LedgerReader ledger, Address address, EntryUnavailableException unavailable) {
        String words = String.valueOf(unavailable.getMessage());
        Problem problem = switch (unavailable.why()) {
            case NOT_THERE_YET -> notThere(ledger, address);
            case PRUNED -> Problem.of(HttpStatus.GONE, "The entry was pruned", words);
            case DAMAGED -> Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "The entry is damaged", words);
        };
        return problem.exception();
    }

    private static Problem notThere(LedgerReader ledger, Address address) {
        return Problem.notFound(
                "there is no " + address + " yet; " + ledger.name() + " has " + ledger.size() + " entries");
    }
}
