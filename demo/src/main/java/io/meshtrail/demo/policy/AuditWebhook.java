package io.meshtrail.demo.policy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Posts audit events to Meshtrail as an API server does, with a few tries.
public final class AuditWebhook implements AuditSink {
    private static final int TRIES = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String ingest;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /// @param ingest host and port
    public AuditWebhook(String ingest) {
        this.ingest = ingest;
    }

    @Override
    public boolean accept(AuditEvent event) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + ingest + "/ingest/kubernetes-audit?cluster=" + event.cluster()))
                .timeout(Duration.ofSeconds(30))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event.body()))
                .build();
        String trouble = "";
        for (int i = 0; i < TRIES; i++) {
            try {
                if (i > 0) {
                    Thread.sleep(PAUSE);
                }
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return true;
                }
                trouble = "status " + response.statusCode() + ": " + response.body();
            } catch (IOException e) {
                trouble = String.valueOf(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                trouble = "the demo was stopping";
                break;
            }
        }
        System.err.println("audit event " + event.auditId() + " was not accepted by " + ingest + ": " + trouble);
        return false;
    }
}
