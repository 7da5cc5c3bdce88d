package io.meshtrail.change;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.EventSink;
import io.meshtrail.event.Field;
import io.meshtrail.event.Kind;
import io.meshtrail.event.Placement;
import io.meshtrail.event.Receipt;
import io.meshtrail.event.Submission;
import io.meshtrail.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The station before the ledger's door at which changes of objects get their difference. Everything else
/// passes untouched.
///
/// What an event says is recorded as it was compared when it came. A state is learnt only once its event is
/// durable, so that nothing is ever compared with what the ledger does not have; within one batch the
/// states of the batch itself count too. The ledger is asked about policies alone: other objects change too
/// often.
public final class DescribingSink implements EventSink {
    /// Characters of the objects that are remembered.
    public static final long MEMORY = 32L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(DescribingSink.class);
    private static final int CREATED = 201;

    private final EventSink ledger;
    private final KnownObjects objects;
    private final Executor describing;

    /// @param describing runs one task at a time, in order; a task may ask the ledger
    public DescribingSink(EventSink ledger, PastObjects past, Executor describing) {
        this(ledger, new KnownObjects(past, MEMORY), describing);
    }

    DescribingSink(EventSink ledger, KnownObjects objects, Executor describing) {
        this.ledger = ledger;
        this.objects = objects;
        this.describing = describing;
    }

    @Override
    public CompletableFuture<Answer> append(List<Submission> events) {
        if (events.stream().map(Submission::event).noneMatch(ObjectStates::isChange)) {
            return ledger.append(events);
        }
        return CompletableFuture.supplyAsync(() -> new Described(events), describing)
                .thenCompose(described -> ledger.append(described.submissions()).thenApply(answer -> {
                    if (answer instanceof Receipt receipt) {
                        describing.execute(() -> described.learn(receipt));
                    }
                    return answer;
                }));
    }

    /// One batch with its changes described.
    private final class Described {
        private final List<Submission> submissions;
        private final List<Json> records = new ArrayList<>();
        private final List<List<ObjectState>> states = new ArrayList<>();

        /// Changes of one batch in the order in which they were made.
        Described(List<Submission> events) {
            submissions = new ArrayList<>(events);
            for (Submission each : events) {
                Json record = ObjectStates.isChange(each.event())
                        ? ObjectStates.record(each.event().text(Field.RAW))
                        : Json.Scalar.NULL;
                records.add(record);
                states.add(ObjectStates.of(each.event(), record));
            }
            List<ObjectState> earlier = new ArrayList<>();
            IntStream.range(0, events.size())
                    .boxed()
                    .filter(i -> !states.get(i).isEmpty())
                    .sorted(Comparator.comparingLong(
                            (Integer i) -> states.get(i).getFirst().time()))
                    .forEach(i -> {
                        submissions.set(i, described(i, earlier));
                        earlier.addAll(states.get(i));
                    });
        }

        private Submission described(int i, List<ObjectState> earlier) {
            Submission submission = submissions.get(i);
            AuditEvent event = submission.event();
            if (event.text(Field.CHANGE_VERB).filter("deletecollection"::equals).isPresent()) {
                return submission;
            }
            ObjectState change = states.get(i).getFirst();
            Json request = records.get(i).get("requestObject");
            try {
                PastObjects.Past past = past(event, change, earlier);
                String verb = event.text(Field.CHANGE_VERB).orElse("");
                AuditEvent described = Description.of(change, past, verb, isCreation(event), request)
                        .on(event);
                return new Submission(described, submission.producer(), submission.identity());
            } catch (RuntimeException broken) {
                // An object that we cannot compare must not keep its own event out of the ledger.
                LOG.error("The change of {} is stored without its difference", change.key(), broken);
                return submission;
            }
        }

        private PastObjects.Past past(AuditEvent event, ObjectState change, List<ObjectState> earlier) {
            boolean asks = event.text(Field.KIND)
                            .filter(Kind.POLICY_CHANGE.code()::equals)
                            .isPresent()
                    && !isCreation(event);
            PastObjects.Past past = asks ? objects.of(change.key()) : objects.remembered(change.key());
            List<KnownState> known = new ArrayList<>(past.states());
            for (ObjectState each : earlier) {
                if (each.key().equals(change.key())) {
                    known.add(new KnownState(each, Optional.empty()));
                }
            }
            return new PastObjects.Past(known, past.isComplete());
        }

        List<Submission> submissions() {
            return submissions;
        }

        void learn(Receipt receipt) {
            for (int i = 0; i < states.size(); i++) {
                Placement placement = receipt.placements().get(i);
                for (ObjectState state : states.get(i)) {
                    objects.learn(new KnownState(state, Optional.of(placement.address())));
                }
            }
        }
    }

    /// An apply that creates is a patch with this status.
    private static boolean isCreation(AuditEvent event) {
        return event.text(Field.CHANGE_VERB).filter("create"::equals).isPresent()
                || event.number(Field.HTTP_STATUS).orElse(0) == CREATED;
    }
}
