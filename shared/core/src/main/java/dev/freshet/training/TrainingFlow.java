package dev.freshet.training;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.TraceId;
import dev.freshet.features.Quarantine;
import dev.freshet.model.Model;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.log.ReplicaMemory;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.popularity.Trends;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.sums.OutcomeDay;
import dev.freshet.model.sums.OutcomeHistory;
import dev.freshet.model.sums.OutcomeHistory.StoredOutcomes;
import dev.freshet.model.sums.Outcomes;
import dev.freshet.store.StoreUnavailableException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns a batch of {@code examples} into the next version of the model: one invocation, one
 * version, one row put if absent.
 *
 * <p>After a crash before the row is written, nothing has happened. After a crash after it, the
 * redelivered examples lie at or below the high-water marks and are skipped. If the row is refused,
 * because another trainer wrote that version, or its outcome is unknown, because the store did not
 * answer, the log is read on from the cached model, and the examples are learned onto its end.
 *
 * <p>Keeps the model in memory between batches. Used by one thread.
 */
public final class TrainingFlow {
    /** Most attempts to append one batch. */
    public static final int MAX_ATTEMPTS = 4;

    /** Most windows of trends that are to be written. */
    static final int MAX_PENDING_TRENDS = 5_000;

    /** Most sums of outcomes that are to be written: of all days that can be open or close. */
    private static final int MAX_PENDING_OUTCOMES =
            2 * Outcomes.OPEN_DAYS * (Outcomes.MAX_PAIRS + 2);

    private static final Logger LOG = LoggerFactory.getLogger(TrainingFlow.class);

    private final LatestModel latest;
    private final CatalogueMode catalogue;
    private final Quarantine quarantine;
    private final PendingRows<TrendWindow> trends;
    private final PendingRows<StoredOutcomes> outcomes;
    private final Announcer announcer;
    private final InstantSource clock;

    /**
     * Creates the flow over its ports, for the current model, at the cost of one more read for each
     * batch.
     *
     * @param settings of the first version; their mode of the catalogue holds for every version
     * @param loads runs reads of the log's objects, several at a time
     */
    public TrainingFlow(
            ModelLogs logs,
            ModelSettings settings,
            Trends trends,
            OutcomeHistory outcomes,
            Quarantine quarantine,
            InstantSource clock,
            Executor loads) {
        this.latest = new LatestModel(logs, settings, loads);
        this.catalogue = settings.catalogue();
        this.quarantine = quarantine;
        this.trends =
                new PendingRows<>(
                        MAX_PENDING_TRENDS,
                        row -> List.of(row.scope(), row.length(), row.start()),
                        trends::put);
        this.outcomes =
                new PendingRows<>(
                        MAX_PENDING_OUTCOMES,
                        row -> Arrays.asList(row.day(), row.pair()),
                        outcomes::put);
        this.announcer = new Announcer(logs);
        this.clock = clock;
    }

    /**
     * The result of a batch.
     *
     * @param unfinished the lowest record that has to be delivered again; empty if all are finished
     * @param version the newest version in memory; 0 if unknown
     * @param applied examples learned
     * @param skipped examples that were learned before
     * @param beyondBounds examples that were left out for want of room, see {@link
     *     dev.freshet.model.popularity.ModelTotals}
     * @param quarantined records quarantined
     * @param boundedMoves moves of a blend weight that were cut short at its bound
     * @param attempts appends tried
     * @param announced whether the version is announced to the replicas, which else find it in the
     *     log; the next batch announces it
     * @param pendingTrends closed windows that are not in Trends yet
     * @param traces of the requests of the records read, for the log
     */
    public record Outcome(
            Optional<ShardPosition> unfinished,
            long version,
            int applied,
            int skipped,
            long beyondBounds,
            int quarantined,
            int boundedMoves,
            int attempts,
            boolean announced,
            int pendingTrends,
            List<TraceId> traces) {}

    /**
     * Processes one batch.
     *
     * @param batch records of one shard, in ascending sequence
     * @throws IllegalStateException if the log is damaged before its end, which an operator has to
     *     repair
     */
    public Outcome process(List<StreamRecord> batch) {
        ExampleBatch read = ExampleBatch.read(batch, quarantine, clock);
        for (int attempt = 1; read.read() > 0 && attempt <= MAX_ATTEMPTS; attempt++) {
            try {
                latest.selectCurrentAfterCutover(clock.instant());
                Versioned before = latest.get();
                Learned examples = learn(before.model(), read);
                read = examples.batch();
                if (examples.step().isEmpty()) {
                    boolean announced = announce(before.version());
                    return outcome(read, before.version(), examples.step(), attempt, announced);
                }
                Optional<Versioned> next = append(before, examples.step(), read.lastPosition());
                if (next.isPresent()) {
                    latest.advance(next.get());
                    boolean announced = announce(next.get().version());
                    write(before.model(), next.get());
                    return outcome(read, next.get().version(), examples.step(), attempt, announced);
                }
                latest.invalidate();
            } catch (StoreUnavailableException inDoubt) {
                LOG.warn("Attempt {} to learn a batch failed", attempt, inDoubt);
                latest.invalidate();
            }
        }
        return new Outcome(
                Optional.of(batch.getFirst().position()),
                0,
                0,
                0,
                0,
                read.quarantined(),
                0,
                MAX_ATTEMPTS,
                true,
                trends.pending(),
                List.of());
    }

    /** Writes what a version closed: days of outcomes, and windows of trends and of an hour. */
    private void write(Model before, Versioned next) {
        List<StoredOutcomes> days = new ArrayList<>();
        for (OutcomeDay day : next.model().outcomes().toStore(before.outcomes())) {
            days.add(new StoredOutcomes(day.day(), null, day.unattributed(), next.version()));
            day.pairs()
                    .forEach(
                            (pair, sums) ->
                                    days.add(
                                            new StoredOutcomes(
                                                    day.day(), pair, sums, next.version())));
        }
        outcomes.write(days.stream().filter(day -> !day.sums().isEmpty()).toList());
        List<TrendWindow> closed =
                new ArrayList<>(next.model().closedTrends(before, next.version()));
        closed.addAll(HourlyWindows.between(before, next.model(), next.version()));
        trends.write(closed);
    }

    private record Learned(ExampleBatch batch, Trainer.Step step) {}

    private Learned learn(Model model, ExampleBatch batch) {
        try {
            return new Learned(batch, train(model, batch));
        } catch (StoreUnavailableException withoutNeighbours) {
            throw withoutNeighbours;
        } catch (RuntimeException thrown) {
            ExampleBatch sound =
                    batch.withoutBroken(model, catalogue, quarantine, clock)
                            .orElseThrow(() -> new StoreUnavailableException("Quarantine", thrown));
            return new Learned(sound, train(model, sound));
        }
    }

    private Trainer.Step train(Model model, ExampleBatch batch) {
        return Trainer.train(
                model,
                catalogue,
                batch.examples(),
                (named, items, present) -> ReplicaMemory.read(named, items, latest.log()));
    }

    private Optional<Versioned> append(
            Versioned before, Trainer.Step step, String examplesPosition) {
        return latest.log()
                .append(
                        before.version() + 1,
                        step.delta(),
                        step.model().marks(),
                        examplesPosition,
                        clock.instant())
                .map(
                        row -> {
                            announcer.appended(latest.modelId(), row, step.delta());
                            return new Versioned(step.model(), row.version(), row.at());
                        });
    }

    private boolean announce(long version) {
        return announcer.announce(latest.modelId(), latest.log(), version, clock.instant());
    }

    private Outcome outcome(
            ExampleBatch batch, long version, Trainer.Step step, int attempts, boolean announced) {
        return new Outcome(
                batch.unread(),
                version,
                step.applied(),
                step.skipped(),
                step.beyondBounds(),
                batch.quarantined(),
                step.boundedMoves(),
                attempts,
                announced,
                trends.pending(),
                batch.traces());
    }

    /**
     * Rows that are to be written into a table: closed windows of trends, days of outcomes. Their
     * values are absolute and their writes conditional on the model's version, so that late,
     * repeated and reordered writes are safe; what the store did not accept is written after the
     * next batch.
     *
     * <p>A bounded number is pending; the oldest are dropped first. Pending rows are lost with the
     * process. Trending queries are answered by the model, and the table is its history; a day of
     * outcomes is written again when the next day begins ({@link
     * dev.freshet.model.sums.Outcomes#toStore}).
     *
     * @param <V> a row
     */
    static final class PendingRows<V> {
        private final int most;
        private final Function<V, Object> key;
        private final Consumer<V> put;
        private final Map<Object, V> pending = new LinkedHashMap<>();

        /**
         * Creates a queue without rows.
         *
         * @param most most pending rows
         * @param key returns what names a row; a later row replaces a pending one of the same name
         * @param put writes a row
         */
        PendingRows(int most, Function<V, Object> key, Consumer<V> put) {
            this.most = most;
            this.key = key;
            this.put = put;
        }

        /** Returns the number of pending rows. */
        int pending() {
            return pending.size();
        }

        /**
         * Adds rows and writes all pending ones, in order, until all are written or the store does
         * not answer.
         */
        void write(List<V> rows) {
            rows.forEach(row -> pending.put(key.apply(row), row));
            for (var oldest = pending.keySet().iterator(); pending.size() > most; ) {
                oldest.next();
                oldest.remove();
            }
            try {
                for (var next = pending.values().iterator(); next.hasNext(); ) {
                    put.accept(next.next());
                    next.remove();
                }
            } catch (StoreUnavailableException later) {
                return;
            }
        }
    }
}
