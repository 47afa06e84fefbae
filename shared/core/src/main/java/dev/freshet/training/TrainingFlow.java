package dev.freshet.training;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.TraceId;
import dev.freshet.model.Model;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.popularity.Trends;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.quarantine.Quarantine;
import dev.freshet.store.StoreUnavailableException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * From a batch of {@code examples} to the next version of the model: one invocation, one version,
 * one row put if absent.
 *
 * <p>Death before the row: nothing happened. Death after it: the redelivered examples lie at or
 * below the marks and are skipped. Refused, because another trainer wrote that version, or in
 * doubt, because the store did not answer: the log is read on from what is in memory, and the same
 * examples folded onto what is there.
 *
 * <p>Keeps the model in memory between batches. Used by one thread.
 */
public final class TrainingFlow {
    /** Most attempts to append one batch. */
    public static final int MAX_ATTEMPTS = 4;

    private final LatestModel latest;
    private final Quarantine quarantine;
    private final PendingTrends trends;
    private final InstantSource clock;

    /** The flow over one model's log; see the other constructor. */
    public TrainingFlow(
            ModelLog log,
            ModelSettings settings,
            Trends trends,
            Quarantine quarantine,
            InstantSource clock,
            Executor loads) {
        this(ModelLogs.only(log), settings, trends, quarantine, clock, loads);
    }

    /**
     * The flow over its ports, teaching whichever model is current: one look more for each batch.
     *
     * @param loads runs reads of the log's objects, several at a time
     */
    public TrainingFlow(
            ModelLogs logs,
            ModelSettings settings,
            Trends trends,
            Quarantine quarantine,
            InstantSource clock,
            Executor loads) {
        this.latest = new LatestModel(logs, settings, loads);
        this.quarantine = quarantine;
        this.trends = new PendingTrends(trends);
        this.clock = clock;
    }

    /**
     * What came of a batch.
     *
     * @param unfinished the lowest record that has to come again, or empty when all are finished
     * @param version the newest version in memory; 0 when none is known
     * @param applied examples learned from; skipped are those known already
     * @param quarantined records kept aside
     * @param attempts appends tried
     * @param trendsWaiting closed windows that Trends did not take yet
     * @param traces of the requests that the records read go back to, for the log
     */
    public record Outcome(
            Optional<ShardPosition> unfinished,
            long version,
            int applied,
            int skipped,
            int quarantined,
            int attempts,
            int trendsWaiting,
            List<TraceId> traces) {}

    /**
     * Takes one batch.
     *
     * @param batch of one shard, in ascending sequence
     * @throws IllegalStateException when the log is damaged before its end: a person has to look
     */
    public Outcome take(List<StreamRecord> batch) {
        ExampleBatch read = ExampleBatch.read(batch, quarantine, clock);
        for (int attempt = 1; read.read() > 0 && attempt <= MAX_ATTEMPTS; attempt++) {
            try {
                latest.lookAndHandOver(clock.instant());
                Versioned before = latest.get();
                Lesson examples = learn(before.model(), read);
                read = examples.batch();
                if (examples.step().isEmpty()) {
                    return outcome(
                            read, before.version(), examples.step(), attempt, trends.waiting());
                }
                Optional<Versioned> next = append(before, examples.step(), read.lastPosition());
                if (next.isPresent()) {
                    latest.advance(next.get());
                    List<TrendWindow> closed =
                            next.get().model().closedTrends(before.model(), next.get().version());
                    return outcome(
                            read,
                            next.get().version(),
                            examples.step(),
                            attempt,
                            trends.write(closed));
                }
                latest.doubt();
            } catch (StoreUnavailableException inDoubt) {
                latest.doubt();
            }
        }
        return new Outcome(
                Optional.of(batch.getFirst().position()),
                0,
                0,
                0,
                read.quarantined(),
                MAX_ATTEMPTS,
                trends.waiting(),
                List.of());
    }

    private record Lesson(ExampleBatch batch, Trainer.Step step) {}

    private Lesson learn(Model model, ExampleBatch batch) {
        try {
            return new Lesson(batch, Trainer.train(model, batch.examples()));
        } catch (RuntimeException thrown) {
            ExampleBatch sound =
                    batch.withoutBroken(model, quarantine, clock)
                            .orElseThrow(() -> new StoreUnavailableException("Quarantine", thrown));
            return new Lesson(sound, Trainer.train(model, sound.examples()));
        }
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
                .map(row -> new Versioned(step.model(), row.version(), row.at()));
    }

    private static Outcome outcome(
            ExampleBatch batch, long version, Trainer.Step step, int attempts, int trendsWaiting) {
        return new Outcome(
                batch.unread(),
                version,
                step.applied(),
                step.skipped(),
                batch.quarantined(),
                attempts,
                trendsWaiting,
                batch.traces());
    }
}
