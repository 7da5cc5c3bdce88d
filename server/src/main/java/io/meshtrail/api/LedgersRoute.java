package io.meshtrail.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.anchor.AnchorStatus;
import io.meshtrail.event.Timestamp;
import io.meshtrail.http.Json;
import io.meshtrail.http.Parameters;
import io.meshtrail.ledger.LedgerReader;
import io.meshtrail.ledger.LedgerStatus;
import io.meshtrail.ledger.Ledgers;
import io.meshtrail.ledger.WitnessStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import tools.jackson.core.JsonGenerator;

/// `/api/ledgers`: how each ledger stands.
final class LedgersRoute implements Route {
    private final Ledgers ledgers;
    private final ToLongFunction<String> searchable;
    private final ToIntFunction<String> holds;
    private final Supplier<List<AnchorStatus>> anchors;
    private final Upkeep upkeep;

    /// @param searchable how many entries of a ledger search reads
    /// @param holds how many legal holds can keep entries of a ledger
    /// @param anchors how the anchors stand
    /// @param upkeep when the ledgers were last read again, and what does not get on
    LedgersRoute(
            Ledgers ledgers,
            ToLongFunction<String> searchable,
            ToIntFunction<String> holds,
            Supplier<List<AnchorStatus>> anchors,
            Upkeep upkeep) {
        this.ledgers = ledgers;
        this.searchable = searchable;
        this.holds = holds;
        this.anchors = anchors;
        this.upkeep = upkeep;
    }

    @Override
    public HttpResponse answer(ServiceRequestContext context) {
        Parameters _ = Parameters.of(context.queryParams(), Set.of());
        return Json.ok(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("ledgers");
            ledgers.all().forEach(ledger -> write(json, ledger));
            json.writeEndArray();
            json.writeArrayPropertyStart("anchors");
            anchors.get().forEach(anchor -> AnchorJson.write(json, anchor));
            json.writeEndArray();
            UpkeepJson.write(json, upkeep);
            CoverageJson.writeMembers(json, Covered.all(ledgers));
            json.writeEndObject();
        });
    }

    private void write(JsonGenerator json, LedgerReader ledger) {
        LedgerStatus status = ledger.status();
        Optional<Head> published = ledger.checkpoint().map(Head::of);
        long searchableSize = Math.min(status.size(), searchable.applyAsLong(status.name()));
        json.writeStartObject();
        json.writeStringProperty("name", status.name());
        json.writeStringProperty("origin", status.origin());
        json.writeStringProperty("key", status.verifierKey());
        json.writeNumberProperty("size", published.map(Head::size).orElse(status.size()));
        json.writeStringProperty("root", published.map(Head::root).orElse(status.root()));
        if (status.publishedAt() > 0) {
            json.writeStringProperty("checkpointTime", Timestamp.print(status.publishedAt()));
        }
        json.writeNumberProperty("sequenced", status.size());
        json.writeNumberProperty("integrated", status.size());
        json.writeNumberProperty("searchable", searchableSize);
        json.writeNumberProperty("witnessed", status.witnessedSize());
        json.writeNumberProperty("sealed", status.sealedSize());
        json.writeNumberProperty("minimum", status.minIndex());
        json.writeObjectPropertyStart("lags");
        json.writeNumberProperty("published", Math.max(0, status.size() - status.publishedSize()));
        json.writeNumberProperty("publishedNanos", status.publishLagNanos());
        json.writeNumberProperty("searchable", status.size() - searchableSize);
        json.writeNumberProperty("witnessed", Math.max(0, status.size() - status.witnessedSize()));
        json.writeEndObject();
        upkeep.verifiedAt(status.name()).ifPresent(at -> json.writeStringProperty("verifiedTime", Timestamp.print(at)));
        json.writeNumberProperty("journalBytes", status.journalBytes());
        json.writeStringProperty("retention", days(status.retention()));
        json.writeNumberProperty("holds", holds.applyAsInt(status.name()));
        json.writeArrayPropertyStart("witnesses");
        status.witnesses().forEach(witness -> write(json, status, witness));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, LedgerStatus ledger, WitnessStatus witness) {
        json.writeStartObject();
        json.writeStringProperty("name", witness.name());
        json.writeStringProperty("key", witness.key());
        json.writeNumberProperty("size", witness.size());
        json.writeNumberProperty("lag", Math.max(0, ledger.publishedSize() - witness.size()));
        if (witness.at() > 0) {
            json.writeStringProperty("time", Timestamp.print(witness.at()));
        }
        witness.trouble().ifPresent(words -> json.writeStringProperty("trouble", words));
        json.writeEndObject();
    }

    private static String days(Duration retention) {
        if (retention.toDays() > 0 && retention.equals(Duration.ofDays(retention.toDays()))) {
            return retention.toDays() + "d";
        }
        return retention.equals(Duration.ofHours(retention.toHours()))
                ? retention.toHours() + "h"
                : retention.toSeconds() + "s";
    }

    /// Size and root of a checkpoint: the same two lines that an auditor reads.
    private record Head(long size, String root) {
        static Head of(byte[] checkpoint) {
            String[] lines = new String(checkpoint, StandardCharsets.UTF_8).split("\n", 4);
            return new Head(Long.parseLong(lines[1]), lines[2]);
        }
    }
}
