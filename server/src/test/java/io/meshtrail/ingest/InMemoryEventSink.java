package io.meshtrail.ingest;

import io.meshtrail.event.Address;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Field;
import io.meshtrail.event.Placement;
import io.meshtrail.event.Pushback;
import io.meshtrail.event.Receipt;
import io.meshtrail.event.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A ledger's door in memory: denied events go to `security`, others to `traffic`; repeated identities are
/// told with their first address. It can be made to hold its answers back, to push back, or to have stopped.
final class InMemoryEventSink implements EventSink {
    private final List<Submission> stored = new ArrayList<>();
    private final Map<String, Address> identities = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;
    private boolean stopped;
    private int pushbacks;
    private Duration retryAfter = Duration.ofMillis(20);

    @Override
    public synchronized CompletableFuture<Answer> append(List<Submission> events) {
        if (stopped) {
            return CompletableFuture.failedFuture(new IllegalStateException("the journal has stopped"));
        }
        if (pushbacks > 0) {
            pushbacks--;
            notifyAll();
            return CompletableFuture.completedFuture(new Pushback("the journal is full", retryAfter));
        }
        List<Placement> placements = events.stream().map(this::place).toList();
        notifyAll();
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        if (holding) {
            held.add(() -> answer.complete(new Receipt(placements)));
        } else {
            answer.complete(new Receipt(placements));
        }
        return answer;
    }

    private Placement place(Submission submission) {
        byte[] identity = submission.identity();
        String key = identity == null
                ? ""
                : submission.producer() + " " + HexFormat.of().formatHex(identity);
        Address known = identities.get(key);
        if (known != null && !key.isEmpty()) {
            return new Placement(known, true);
        }
        String ledger = submission.event().text(Field.OUTCOME).orElse("").equals("denied") ? "security" : "traffic";
        Address address = new Address(ledger, sizes.merge(ledger, 1L, Long::sum) - 1);
        identities.put(key, address);
        stored.add(submission);
        return new Placement(address, false);
    }

    synchronized void hold() {
        holding = true;
    }

    void release() {
        List<Runnable> now;
        synchronized (this) {
            holding = false;
            now = List.copyOf(held);
            held.clear();
        }
        now.forEach(Runnable::run);
    }

    synchronized void pushBack(int times, Duration wait) {
        pushbacks = times;
        retryAfter = wait;
    }

    synchronized int pushbacksLeft() {
        return pushbacks;
    }

    synchronized void stop() {
        stopped = true;
    }

    synchronized List<Submission> stored() {
        return List.copyOf(stored);
    }

    /// Waits until so many events are stored.
    synchronized void awaitStored(int count) throws InterruptedException {
        while (stored.size() < count) {
            wait();
        }
    }
}
