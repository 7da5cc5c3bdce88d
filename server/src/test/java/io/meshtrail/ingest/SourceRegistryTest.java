package io.meshtrail.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Placement;
import io.meshtrail.source.Decoded;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What is known of producers.
final class SourceRegistryTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(100 * SECOND);
    private final SourceRegistry sources = new SourceRegistry(now::get, 3);

    @Test
    void strangers_push_out_the_producer_that_was_quiet_longest_but_none_with_an_open_stream() {
        sources.source("streaming", "als").opened();
        sources.source("quiet", "lines");
        sources.source("busy", "lines");
        sources.source("quiet-too", "lines");

        assertThat(sources.all())
                .extracting(SourceStatus::id)
                .containsExactlyInAnyOrder("streaming", "busy", "quiet-too");
    }

    @Test
    void one_wild_clock_does_not_move_the_skew() {
        Source source = sources.source("a", "lines");
        for (long skew : new long[] {2, 3, -1_000_000, 2, 2}) {
            AuditEvent event = AuditEvent.builder()
                    .number(Field.TIME, now.get() - skew * SECOND)
                    .text(Field.CLUSTER, "east")
                    .build();
            source.durable(List.of(event), List.of(new Placement(new Address("traffic", 0), false)), now.get());
        }
        SourceStatus status = source.status();
        assertThat(status.skew()).hasValue(2 * SECOND);
        assertThat(status.accepted()).isEqualTo(5);
        assertThat(status.cluster()).isEqualTo("east");
    }

    @Test
    void a_producer_is_known_by_its_name_or_by_what_became_an_event() {
        Source stranger = sources.source("10.0.0.1", "lines");
        stranger.rejected("rubbish", now.get());
        stranger.ignored(1);
        assertThat(stranger.known()).isFalse();

        AuditEvent event = AuditEvent.builder().number(Field.TIME, now.get()).build();
        stranger.durable(List.of(event), List.of(new Placement(new Address("traffic", 0), false)), now.get());
        assertThat(stranger.known()).isTrue();
        assertThat(sources.source("10.0.0.1", "audit").known()).isFalse();

        Source named = sources.source("gw", "lines");
        named.introduced();
        assertThat(named.known()).isTrue();
    }

    @Test
    void refusals_are_kept_up_to_a_share_a_second_and_the_rest_is_told_by_the_next() {
        Source source = sources.source("a", "lines");
        assertThat(source.refusalShare(now.get(), 2)).contains(0L);
        assertThat(source.refusalShare(now.get(), 2)).contains(0L);
        assertThat(source.refusalShare(now.get(), 2)).isEmpty();
        assertThat(source.refusalShare(now.get(), 2)).isEmpty();
        assertThat(source.refusalShare(now.addAndGet(SECOND), 2)).contains(2L);
    }

    @Test
    void strangers_with_many_names_have_one_share_together_and_what_it_left_out_is_told_later() {
        Refusals refusals = new Refusals();
        SourceRegistry strangers = new SourceRegistry(now::get);
        Decoded.Rejection rejection = new Decoded.Rejection(1, "no sense");
        byte[] garbage = {1, 2, 3};
        int told = 0;
        for (int i = 0; i < Refusals.A_SECOND_OF_ALL + 50; i++) {
            Source stranger = strangers.source("stranger-" + i, "lines");
            told += refusals.event(rejection, stranger, garbage, now.get()).isPresent() ? 1 : 0;
        }
        assertThat(told).isEqualTo(Refusals.A_SECOND_OF_ALL);
        Source untold = strangers.source("stranger-" + Refusals.A_SECOND_OF_ALL, "lines");
        AuditEvent next = refusals.event(rejection, untold, garbage, now.addAndGet(SECOND))
                .orElseThrow();
        assertThat(next.attributes()).containsEntry(Refusals.UNTOLD, "1");
    }
}
