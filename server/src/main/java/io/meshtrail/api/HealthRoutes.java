package io.meshtrail.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.http.Json;
import io.meshtrail.http.Problem;
import java.time.Duration;
import java.util.List;

/// `/healthz` says that the process lives, `/readyz` whether ingest and search work.
final class HealthRoutes {
    private final Readiness readiness;

    HealthRoutes(Readiness readiness) {
        this.readiness = readiness;
    }

    HttpResponse alive(ServiceRequestContext context) {
        return healthy();
    }

    HttpResponse ready(ServiceRequestContext context) {
        List<String> reasons = readiness.reasons();
        if (reasons.isEmpty()) {
            return healthy();
        }
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "The server is not ready", String.join("; ", reasons))
                .with("ready", false)
                .with("reasons", reasons)
                .retryAfter(Duration.ofSeconds(1))
                .toResponse();
    }

    private static HttpResponse healthy() {
        return Json.ok(json -> {
            json.writeStartObject();
            json.writeBooleanProperty("ready", true);
            json.writeArrayPropertyStart("reasons");
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
