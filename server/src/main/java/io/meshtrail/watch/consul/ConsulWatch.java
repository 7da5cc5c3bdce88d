package io.meshtrail.watch.consul;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Receipt;
import io.meshtrail.event.Submission;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.json.Json;
import io.meshtrail.json.JsonException;
import io.meshtrail.json.JsonReader;
import io.meshtrail.mask.Mask;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches Consul by blocking queries: one question for each list stays open until that list changes. A
/// station: each step looks at the questions that were answered, writes what changed, and asks again.
public final class ConsulWatch implements Station {
    private static final Logger LOG = LoggerFactory.getLogger(ConsulWatch.class);

    /// A busy list must not make us a busy client.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /// A kind that this version of Consul does not know, or that our token may not read.
    private static final Duration RARELY = Duration.ofMinutes(10);

    /// What the ledger has of Consul: the port behind which it is asked.
    @FunctionalInterface
    public interface Past {
        /// The objects that were there last, by the ledger; empty if the ledger cannot be read now.
        Optional<List<PastObject>> objects();
    }

    /// An object as the ledger has it.
    ///
    /// @param kind as `object.kind`
    /// @param revision its `ModifyIndex` then
    /// @param seen when, nanoseconds since 1970
    public record PastObject(String kind, String namespace, String name, String revision, Json object, long seen) {}

    private static final String REFUSED = "our token may not read it";
    private static final String HIDDEN = "entries are hidden from our token; what is absent is not taken for deleted";

    private final Host host;
    private final ConsulApi api;
    private final EventSink sink;
    private final Past past;
    private final ChangeEvent events;
    private final String producer;
    private final List<Question> questions = new ArrayList<>();

    /// @param cluster as `cluster` of the events; empty for none
    /// @param address shown as `observer.name`
    public ConsulWatch(Host host, ConsulApi api, EventSink sink, Past past, String cluster, String address) {
        this.host = host;
        this.api = api;
        this.sink = sink;
        this.past = past;
        this.events = new ChangeEvent(cluster, address, Mask.DEFAULT);
        this.producer = "consul " + address;
    }

    /// One list and the question about it.
    private static final class Question {
        final WatchedList list;
        Optional<CompletableFuture<ConsulApi.Answer>> asked = Optional.empty();
        long notBefore;
        Duration pause = PAUSE;
        String trouble = "";

        Question(WatchedList list, long now) {
            this.list = list;
            this.notBefore = now;
        }
    }

    @Override
    public void awaitWork() throws InterruptedException {
        host.pause(Duration.ofMillis(50));
    }

    @Override
    public boolean advance() throws IOException, InterruptedException {
        if (questions.isEmpty() && !begin()) {
            return false;
        }
        for (Question each : questions) {
            if (each.asked.isEmpty() && host.elapsed() - each.notBefore >= 0) {
                each.asked = Optional.of(api.get(each.list.list().path(), each.list.index()));
            } else if (each.asked.isPresent() && each.asked.get().isDone()) {
                CompletableFuture<ConsulApi.Answer> answer = each.asked.get();
                each.asked = Optional.empty();
                take(each, answer);
            }
        }
        return false;
    }

    /// Nothing is asked before it is known what the ledger has: else all of Consul would seem new.
    private boolean begin() {
        Optional<List<PastObject>> objects = past.objects();
        if (objects.isEmpty()) {
            return false;
        }
        for (Watchable list : Watchable.all()) {
            List<Entry> known = new ArrayList<>();
            Optional<Long> since = Optional.empty();
            for (PastObject object : objects.get()) {
                if (object.kind().equals(list.kind())) {
                    known.add(new Entry(object.namespace(), object.name(), object.object(), "", object.revision()));
                    since = Optional.of(Math.max(object.seen(), since.orElse(Long.MIN_VALUE)));
                }
            }
            questions.add(new Question(new WatchedList(list, known, since), host.elapsed()));
        }
        return true;
    }

    private void take(Question question, CompletableFuture<ConsulApi.Answer> answered)
            throws IOException, InterruptedException {
        ConsulApi.Answer answer;
        try {
            answer = host.await(answered);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            later(question, "Consul cannot be asked: " + cause);
            return;
        }
        switch (question.list.read(answer)) {
            case WatchedList.Again again -> again(question, answer, again.why());
            case WatchedList.Changes(List<Change> changes, boolean isFiltered) -> {
                if (write(question, changes)) {
                    settled(question, isFiltered);
                } else {
                    question.list.refuse();
                    later(question, "the ledger takes nothing at the moment");
                }
            }
        }
    }

    private void again(Question question, ConsulApi.Answer answer, String why)
            throws IOException, InterruptedException {
        boolean refused = answer.status() == 403 || answer.status() == 401;
        boolean unknown = answer.status() == 400 || answer.status() == 404 || answer.status() == 405;
        if (refused || unknown) {
            question.notBefore = host.elapsed() + RARELY.toNanos();
            if (refused && tell(question, REFUSED)) {
                question.trouble = REFUSED;
            }
        } else if (answer.status() == 200 && answer.hasLeader()) {
            LOG.warn("Consul, {}: {}; it is read again", question.list.list().path(), why);
            question.notBefore = host.elapsed();
        } else {
            later(question, why);
        }
    }

    private void later(Question question, String why) {
        if (!why.equals(question.trouble)) {
            LOG.warn("Consul, {}: {}", question.list.list().path(), why);
            question.trouble = why;
        }
        question.notBefore = host.elapsed() + question.pause.toNanos();
        Duration twice = question.pause.multipliedBy(2);
        question.pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private void settled(Question question, boolean isFiltered) throws IOException, InterruptedException {
        question.pause = PAUSE;
        question.notBefore = host.elapsed() + PAUSE.toNanos();
        if (!question.trouble.equals(HIDDEN)) {
            question.trouble = "";
        }
        if (!isFiltered) {
            question.trouble = "";
        } else if (tell(question, HIDDEN)) {
            question.trouble = HIDDEN;
        }
    }

    /// @return whether it is in the ledger; what was told before is not told again
    private boolean tell(Question question, String why) throws IOException, InterruptedException {
        if (question.trouble.equals(why)) {
            return true;
        }
        AuditEvent event = events.blind(question.list.list(), why, host.now());
        return append(List.of(new Submission(event, producer, null)));
    }

    private boolean write(Question question, List<Change> changes) throws IOException, InterruptedException {
        long now = host.now();
        Watchable list = question.list.list();
        List<Change> whole = new ArrayList<>(changes.size());
        List<Submission> submissions = new ArrayList<>(changes.size());
        for (Change change : changes) {
            Change detailed = detailed(list, change);
            whole.add(detailed);
            submissions.add(
                    new Submission(events.of(list, detailed, now), producer, ChangeEvent.identity(list, detailed)));
        }
        if (!submissions.isEmpty() && !append(submissions)) {
            return false;
        }
        question.list.accept(whole, now);
        return true;
    }

    /// A list of policies has no rules; they are asked for one by one.
    private Change detailed(Watchable list, Change change) throws InterruptedException {
        Optional<String> id =
                change.entry().object().get("ID").text().filter(text -> text.matches("[A-Za-z0-9-]{1,64}"));
        if (list.detail().isEmpty() || id.isEmpty() || change.verb().equals("delete")) {
            return change;
        }
        try {
            ConsulApi.Answer answer = host.await(api.get(list.detail().get() + id.get(), 0));
            Json whole = answer.status() == 200 ? JsonReader.read(answer.body()) : Json.Scalar.NULL;
            if (!whole.isObject()) {
                return change;
            }
            Entry entry = change.entry();
            return new Change(
                    new Entry(entry.namespace(), entry.name(), whole, entry.created(), entry.modified()),
                    change.verb(),
                    change.isRecreated(),
                    change.since(),
                    change.isAfterReset());
        } catch (ExecutionException | JsonException notNow) {
            LOG.warn("Consul, {}{}: {}", list.detail().get(), id.get(), notNow.getMessage());
            return change;
        }
    }

    private boolean append(List<Submission> submissions) throws IOException, InterruptedException {
        try {
            return host.await(sink.append(submissions)) instanceof Receipt;
        } catch (ExecutionException stopped) {
            throw new IOException("the ledger has stopped: " + stopped.getCause(), stopped);
        }
    }
}
