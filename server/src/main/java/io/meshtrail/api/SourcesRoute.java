package io.meshtrail.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.event.Timestamp;
import io.meshtrail.http.Json;
import io.meshtrail.http.Parameters;
import io.meshtrail.ingest.SourceRegistry;
import io.meshtrail.ingest.SourceStatus;
import io.meshtrail.ledger.Ledgers;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// `/api/sources`: what each producer sent and what became of it.
final class SourcesRoute implements Route {
    private final SourceRegistry sources;
    private final Ledgers ledgers;

    SourcesRoute(SourceRegistry sources, Ledgers ledgers) {
        this.sources = sources;
        this.ledgers = ledgers;
    }

    @Override
    public HttpResponse answer(ServiceRequestContext context) {
        Parameters _ = Parameters.of(context.queryParams(), Set.of());
        long now = sources.now();
        return Json.ok(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("sources");
            sources.all().forEach(source -> write(json, source, now));
            json.writeEndArray();
            json.writeStringProperty("since", Timestamp.print(sources.since()));
            CoverageJson.writeMembers(json, Covered.all(ledgers));
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, SourceStatus source, long now) {
        json.writeStartObject();
        json.writeStringProperty("id", source.id());
        json.writeStringProperty("format", source.format());
        if (!source.mesh().isEmpty()) {
            json.writeStringProperty("mesh", source.mesh());
        }
        if (!source.cluster().isEmpty()) {
            json.writeStringProperty("cluster", source.cluster());
        }
        json.writeNumberProperty("received", source.accepted());
        json.writeNumberProperty("ignored", source.ignored());
        json.writeNumberProperty("rejected", source.rejected());
        json.writeNumberProperty("duplicate", source.duplicate());
        json.writeNumberProperty("dropped", source.dropped());
        json.writeNumberProperty("gaps", source.gaps());
        json.writeNumberProperty("lost", source.lost());
        json.writeNumberProperty("bytes", source.bytes());
        source.skew().ifPresent(skew -> json.writeNumberProperty("skew", skew));
        source.lag().ifPresent(lag -> json.writeNumberProperty("lag", lag));
        json.writeBooleanProperty("silent", source.isSilent(now));
        json.writeNumberProperty("openStreams", source.openStreams());
        json.writeStringProperty("firstSeen", Timestamp.print(source.firstSeen()));
        json.writeStringProperty("lastSeen", Timestamp.print(source.lastSeen()));
        source.lastEvent().ifPresent(time -> json.writeStringProperty("lastEvent", Timestamp.print(time)));
        if (!source.lastRejection().isEmpty()) {
            json.writeObjectPropertyStart("lastRejection");
            json.writeStringProperty("time", Timestamp.print(source.lastRejectionAt()));
            json.writeStringProperty("reason", source.lastRejection());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
