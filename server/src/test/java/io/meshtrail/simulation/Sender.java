package io.meshtrail.simulation;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Outcome;
import io.meshtrail.event.Placement;
import io.meshtrail.event.Pushback;
import io.meshtrail.event.Receipt;
import io.meshtrail.event.Submission;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// The mesh: sends events in requests, keeps the receipts, and sends again what it got no answer for, and now and then
/// what it got one for.
final class Sender {
    private final Random random;
    private final List<Request> sent = new ArrayList<>();
    private final List<Request> open = new ArrayList<>();
    private final Map<Address, AuditEvent> acknowledged = new TreeMap<>();
    private final Map<String, Acknowledged> byIdentity = new LinkedHashMap<>();
    private int events;
    private int server;

    private record Acknowledged(Address address, int server, long elapsed) {}

    private record Request(List<Submission> submissions, CompletableFuture<EventSink.Answer> answer) {}

    Sender(Random random) {
        this.random = random;
    }

    /// What was promised: where each acknowledged event is.
    Map<Address, AuditEvent> acknowledged() {
        return acknowledged;
    }

    int events() {
        return events;
    }

    /// Sends a request, new or once more.
    void send(EventSink sink, long now) {
        boolean again = !sent.isEmpty() && random.nextInt(6) == 0;
        List<Submission> submissions =
                again ? sent.get(random.nextInt(sent.size())).submissions : fresh(1 + random.nextInt(30), now);
        Request request = new Request(submissions, sink.append(submissions));
        if (!again) {
            sent.add(request);
        }
        open.add(request);
    }

    private List<Submission> fresh(int count, long now) {
        List<Submission> submissions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String identity = "event-" + events++;
            submissions.add(new Submission(event(identity, now), "mesh", identity.getBytes(StandardCharsets.UTF_8)));
        }
        return submissions;
    }

    /// Mostly traffic; some of it late, some of it large.
    private AuditEvent event(String identity, long now) {
        AuditEvent.Builder event = AuditEvent.builder()
                .kind(Kind.REQUEST)
                .outcome(random.nextInt(4) == 0 ? Outcome.DENIED : Outcome.ALLOWED)
                .number(Field.TIME, now - (random.nextInt(10) == 0 ? random.nextLong(3_600_000_000_000L) : 0))
                .text(Field.REQUEST_ID, identity)
                .text(Field.HTTP_PATH, "/" + "x".repeat(random.nextInt(60)));
        if (random.nextInt(40) == 0) {
            event.kind(Kind.OBJECT_CHANGE).text(Field.RAW, "\"" + "y".repeat(random.nextInt(70_000)) + "\"");
        }
        return event.build();
    }

    /// Takes the answers that have come.
    ///
    /// @param elapsed nanoseconds of a clock that never goes back
    void listen(long elapsed) {
        for (Iterator<Request> requests = open.iterator(); requests.hasNext(); ) {
            Request request = requests.next();
            if (request.answer.isDone()) {
                requests.remove();
                if (!request.answer.isCompletedExceptionally()) {
                    answered(request.submissions, request.answer.join(), elapsed);
                }
            }
        }
    }

    private void answered(List<Submission> submissions, EventSink.Answer answer, long elapsed) {
        switch (answer) {
            case Pushback notNow -> {}
            case Receipt receipt -> {
                if (receipt.placements().size() != submissions.size()) {
                    throw new Broken(submissions.size() + " events got "
                            + receipt.placements().size() + " places");
                }
                for (int i = 0; i < submissions.size(); i++) {
                    acknowledged(
                            submissions.get(i).event(), receipt.placements().get(i), elapsed);
                }
            }
        }
    }

    private void acknowledged(AuditEvent event, Placement placement, long elapsed) {
        String identity = event.text(Field.REQUEST_ID).orElseThrow();
        AuditEvent other = acknowledged.putIfAbsent(placement.address(), event);
        if (other != null && !other.equals(event)) {
            throw new Broken(placement.address() + " was given to " + other + " and to " + event);
        }
        Acknowledged earlier = byIdentity.get(identity);
        if (earlier != null) {
            boolean soon = earlier.server == server && elapsed - earlier.elapsed < 600_000_000_000L;
            if (soon && !earlier.address.equals(placement.address())) {
                throw new Broken(identity + " is at " + earlier.address + " and was taken again as " + placement);
            }
            if (other == null && placement.duplicate() && earlier.server == server) {
                throw new Broken(identity + " is called a duplicate of " + placement.address()
                        + ", which nobody was told before");
            }
        }
        byIdentity.put(identity, new Acknowledged(placement.address(), server, elapsed));
    }

    /// The server is gone; nobody will answer what is open.
    void hangUp() {
        open.clear();
        server++;
    }
}
