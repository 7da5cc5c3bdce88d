package io.meshtrail.query.embedded;

import io.meshtrail.engine.EngineTimeoutException;
import io.meshtrail.index.RowSource;
import io.meshtrail.query.Count;
import io.meshtrail.query.Coverage;
import io.meshtrail.query.Search;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Counts matching events from the newest sources on, ever more at a time, so that a time-out still leaves a
/// number that says "at least".
final class CountSearch {
    private static final int FIRST_STEP = 4;

    private final Reading reading;
    private final Search search;
    private final TimeRange range;

    CountSearch(Reading reading, Search search) {
        this.reading = reading;
        this.search = search;
        this.range = new TimeRange(search.from(), search.to());
    }

    Count count() {
        List<RowSource> waiting = reading.sources().stream()
                .filter(range::meets)
                .sorted(Comparator.comparingLong(RowSource::lastTime).reversed())
                .toList();
        long count = 0;
        int step = FIRST_STEP;
        while (!waiting.isEmpty()) {
            List<RowSource> batch = waiting.subList(0, Math.min(step, waiting.size()));
            try {
                count += reading.withReadable(batch, this::ask);
            } catch (EngineTimeoutException late) {
                reading.missByTime(waiting.size() + " of " + reading.sources().size() + " parts were not counted");
                break;
            }
            waiting = waiting.subList(batch.size(), waiting.size());
            step *= 2;
        }
        Coverage coverage = reading.coverage();
        return new Count(count, coverage.complete(), coverage);
    }

    private long ask(List<RowSource> batch) {
        List<Sql> scans = Scan.of(batch, search.filter(), range).stream()
                .map(scan -> scan.select(new Sql().add("1"), Set.of(), range, new Sql().add("TRUE")))
                .toList();
        if (scans.isEmpty()) {
            return 0;
        }
        Sql sql = new Sql()
                .add("SELECT count(*) FROM (")
                .join(scans, " UNION ALL ")
                .add(")");
        return reading.query(sql, rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }
}
