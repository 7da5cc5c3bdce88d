package io.meshtrail.demo.cast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.json.JsonMapper;

/// What the demo did, so that it can be compared with what was found. Safe for use by many threads.
public final class Tally {
    private static final int KEPT_SURPRISES = 50;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<Case, LongAdder> made = new EnumMap<>(Case.class);
    private final Map<Case, LongAdder> unexpected = new EnumMap<>(Case.class);
    private final List<String> surprises = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Map<String, Long>> proxies = new TreeMap<>();
    private final Instant started;
    private Duration driven = Duration.ZERO;

    /// A policy change: told as an audit event, and enforced.
    ///
    /// @param effectiveAfter from the renaming of the file until a call on a kept-alive connection felt it;
    ///     empty
    /// when no call that it touches was made yet
    public record Change(
            Instant at,
            String user,
            String verb,
            String policy,
            String cluster,
            String auditId,
            boolean told,
            Optional<Duration> effectiveAfter) {}

    public Tally(Instant started) {
        this.started = started;
        for (Case each : Case.values()) {
            made.put(each, new LongAdder());
            unexpected.put(each, new LongAdder());
        }
    }

    /// Counts a call whose caller saw what the case foresees.
    public void made(Case which) {
        counter(made, which).increment();
    }

    /// Counts calls that were made before, by the run that was recorded.
    public void made(Case which, long calls) {
        counter(made, which).add(calls);
    }

    /// Counts a call that came out otherwise, and keeps the first few reasons.
    public void unexpected(Case which, String what) {
        counter(unexpected, which).increment();
        synchronized (this) {
            if (surprises.size() < KEPT_SURPRISES) {
                surprises.add(which.label() + ": " + what);
            }
        }
    }

    /// Calls of that case that came out as foreseen.
    public long count(Case which) {
        return counter(made, which).sum();
    }

    /// Calls of that case that came out otherwise.
    public long unexpectedCount(Case which) {
        return counter(unexpected, which).sum();
    }

    /// All calls.
    public long total() {
        long sum = 0;
        for (Case each : Case.values()) {
            sum += count(each) + unexpectedCount(each);
        }
        return sum;
    }

    /// The first reasons of calls that came out otherwise, at most fifty.
    public synchronized List<String> surprises() {
        return List.copyOf(surprises);
    }

    /// Notes a policy change.
    ///
    /// @return its place in [#changes()]
    public synchronized int changed(Change change) {
        changes.add(change);
        return changes.size() - 1;
    }

    /// Notes that a call felt the change.
    public synchronized void effective(int change, Duration after) {
        Change old = changes.get(change);
        changes.set(
                change,
                new Change(
                        old.at,
                        old.user,
                        old.verb,
                        old.policy,
                        old.cluster,
                        old.auditId,
                        old.told,
                        Optional.of(after)));
    }

    /// Notes whether the audit event of a change was accepted.
    public synchronized void told(int change) {
        Change old = changes.get(change);
        changes.set(
                change,
                new Change(old.at, old.user, old.verb, old.policy, old.cluster, old.auditId, true, old.effectiveAfter));
    }

    /// The policy changes, oldest first.
    public synchronized List<Change> changes() {
        return List.copyOf(changes);
    }

    /// Keeps the counters of one proxy, replacing earlier ones.
    public synchronized void proxy(String workload, Map<String, Long> counters) {
        proxies.put(workload, new TreeMap<>(counters));
    }

    /// The last counters of each proxy, by workload: `access_logs.grpc_access_log.logs_dropped` and the like.
    public synchronized Map<String, Map<String, Long>> proxies() {
        return Map.copyOf(proxies);
    }

    /// The sum of one counter over all proxies.
    public synchronized long proxySum(String counter) {
        return proxies.values().stream()
                .mapToLong(counters -> counters.getOrDefault(counter, 0L))
                .sum();
    }

    /// Notes how long calls were made.
    public synchronized void driven(Duration duration) {
        driven = duration;
    }

    /// One JSON object; the form is in `docs/guide/demo.md`.
    public synchronized String json() {
        Map<String, Object> cases = new LinkedHashMap<>();
        for (Case each : Case.values()) {
            cases.put(
                    each.label(),
                    Map.of(
                            "made", count(each),
                            "unexpected", unexpectedCount(each),
                            "entriesPerCall", each.entries(),
                            "query", each.expected().query(),
                            "expected", each.expected().fields()));
        }
        List<Map<String, Object>> changeList = new ArrayList<>();
        for (Change change : changes) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("at", change.at.toString());
            fields.put("user", change.user);
            fields.put("verb", change.verb);
            fields.put("policy", change.policy);
            fields.put("cluster", change.cluster);
            fields.put("auditID", change.auditId);
            fields.put("told", change.told);
            change.effectiveAfter.ifPresent(after -> fields.put("effectiveAfterMillis", after.toMillis()));
            changeList.add(fields);
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("started", started.toString());
        whole.put("drivenMillis", driven.toMillis());
        whole.put("calls", total());
        whole.put("cases", cases);
        whole.put("surprises", surprises);
        whole.put("policyChanges", changeList);
        whole.put("proxies", proxies);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(whole);
    }

    /// Writes [#json()] beside the file, then renames, so that a reader never sees half of it.
    ///
    /// @throws IOException when the file cannot be written
    public void write(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path beside = absolute.resolveSibling("." + absolute.getFileName() + ".new");
        Files.writeString(beside, json() + "\n");
        Files.move(beside, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static LongAdder counter(Map<Case, LongAdder> counters, Case which) {
        LongAdder counter = counters.get(which);
        if (counter == null) {
            throw new IllegalStateException("no counter for " + which);
        }
        return counter;
    }
}
