package dev.freshet.lake;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleLog.ExampleHistory;
import dev.freshet.lake.LakeSpan.LakeSpans;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The history of examples from the rows of a lake, and then from the stream, which still has what
 * came last.
 *
 * <p>Where both have an event, it is learned once: the rows of a shard are read in the order of
 * their records, so that the model's high-water marks tell what of the stream it has learned. A
 * rebuild that goes on begins with the hour in which it stopped, and the marks tell what of that
 * hour it has learned.
 *
 * <p>Reads one span of rows at a time, and holds a batch of them. Used by one thread.
 */
public final class LakeHistory implements ExampleHistory {
    /** Rows at which a span ends, and with it a query. */
    public static final int ROWS_OF_SPAN = 200_000;

    /** Examples of one record, as about many as the write flow puts into one. */
    static final int EXAMPLES_OF_RECORD = 20;

    /**
     * Positions of one hour. A record's position is its number in the span after that of the span's
     * first hour, which is less than any sequence number of a stream.
     */
    private static final BigInteger POSITIONS_OF_HOUR = BigInteger.valueOf(1_000_000_000);

    private static final BigInteger MOST = BigInteger.TWO.pow(63);

    /** Days after an event's receipt within which it occurred, as far as it is settled. */
    private static final int SETTLED_DAYS = 300;

    private final LakeReader lake;
    private final LakeExamples examples;
    private final int keptDays;
    private final ExampleHistory stream;
    private final InstantSource clock;
    private final Deque<LakeSpan> spans;
    private LakeReader.@Nullable Cursor rows;
    private long number;

    private LakeHistory(
            LakeReader lake,
            LakeExamples examples,
            int keptDays,
            ExampleHistory stream,
            InstantSource clock,
            List<LakeSpan> spans) {
        this.lake = lake;
        this.examples = examples;
        this.keptDays = keptDays;
        this.stream = stream;
        this.clock = clock;
        this.spans = new ArrayDeque<>(spans);
    }

    /** Rows that arrived and are not settled, so that they would be missing. */
    public static final class UnsettledException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnsettledException(long rows) {
            super(rows + " rows of the lake are not settled");
        }
    }

    /**
     * Returns the time of receipt up to which the lake is read: the middle of what the stream still
     * has. Rows have had that long to arrive, and the lake may be read for that long before the
     * stream loses what follows.
     *
     * @param oldest when the oldest record of the stream was put; empty if it has none
     */
    public static Instant cut(Optional<Instant> oldest, Instant now) {
        return oldest.filter(first -> first.isBefore(now))
                .map(first -> first.plus(Duration.between(first, now).dividedBy(2)))
                .orElse(now);
    }

    /**
     * Opens a history: asks the lake for its spans and whether their rows are settled.
     *
     * @param from the time of receipt of the first rows
     * @param cut the time of receipt of the last ones
     * @param known the position at which the rebuild stopped; 0 for its beginning
     * @param keptDays how long the stack keeps interactions, which retractions refer to
     * @param stream all that it still has
     * @throws UnsettledException if rows before the cut are not settled
     * @throws dev.freshet.store.StoreUnavailableException if the lake does not answer
     */
    public static LakeHistory open(
            LakeReader lake,
            LakeExamples examples,
            Instant from,
            Instant cut,
            BigInteger known,
            int keptDays,
            int rowsOfSpan,
            ExampleHistory stream,
            InstantSource clock) {
        SqlRange received = SqlRange.times(from, cut);
        long unsettled = unsettled(lake, received, cut);
        if (unsettled > 0) {
            throw new UnsettledException(unsettled);
        }
        long hours = known.divide(POSITIONS_OF_HOUR).longValueExact();
        Instant begin = Instant.EPOCH.plus(hours, ChronoUnit.HOURS);
        List<LakeSpan> spans = LakeSpans.of(lake, received, begin, rowsOfSpan);
        return new LakeHistory(lake, examples, keptDays, stream, clock, spans);
    }

    /** Returns whether a position of a model's log is one of this history and not of a stream. */
    public static boolean isPosition(BigInteger position) {
        return position.compareTo(MOST) < 0;
    }

    private static long unsettled(LakeReader lake, SqlRange received, Instant cut) {
        try (LakeReader.Cursor rows =
                lake.query(
                        HistorySql.unsettled(
                                received,
                                SqlRange.days(
                                        HistorySql.day(cut).minusDays(SETTLED_DAYS),
                                        HistorySql.day(cut).plusDays(2))))) {
            List<@Nullable String> row = rows.next();
            String missing = row == null ? null : row.getFirst();
            return missing == null ? 0 : Long.parseLong(missing);
        }
    }

    @Override
    public List<StreamRecord> next(int limit) {
        List<StreamRecord> records = new ArrayList<>();
        while (records.size() < limit && !spans.isEmpty()) {
            List<Example> batch = read(spans.getFirst());
            if (!batch.isEmpty()) {
                records.add(record(spans.getFirst(), batch));
            } else if (records.isEmpty()) {
                close();
                spans.removeFirst();
            } else {
                break; // the next span may fail to open, and these records are not to be lost
            }
        }
        return records.isEmpty() ? stream.next(limit) : List.copyOf(records);
    }

    /** Reads the examples of a record; none at the end of the span. */
    private List<Example> read(LakeSpan span) {
        try {
            if (rows == null) {
                number = 0;
                examples.begin();
                rows =
                        lake.query(
                                HistorySql.rows(
                                        lake.engine(), span, keptDays, examples.clickWindow()));
            }
            List<Example> batch = new ArrayList<>();
            while (batch.size() < EXAMPLES_OF_RECORD) {
                List<@Nullable String> row = rows.next();
                if (row == null) {
                    break;
                }
                examples.of(row).ifPresent(batch::add);
            }
            return batch;
        } catch (RuntimeException failed) {
            close(); // the span is read again, and the marks tell what of it is learned
            throw failed;
        }
    }

    private StreamRecord record(LakeSpan span, List<Example> batch) {
        BigInteger position =
                BigInteger.valueOf(ChronoUnit.HOURS.between(Instant.EPOCH, span.from()))
                        .multiply(POSITIONS_OF_HOUR)
                        .add(BigInteger.valueOf(++number));
        return new StreamRecord(
                new ShardPosition("lake", position), "", ExampleCodec.encode(batch), span.from());
    }

    private void close() {
        if (rows != null) {
            rows.close();
            rows = null;
        }
    }

    @Override
    public Duration behind() {
        LakeSpan span = spans.peekFirst();
        if (span == null) {
            return stream.behind();
        }
        Duration behind = Duration.between(span.from(), clock.instant());
        return behind.isPositive() ? behind : Duration.ofMillis(1);
    }
}
