package dev.freshet.training;

import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.catalog.Catalog;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.ExampleLog.ExampleHistory;
import dev.freshet.example.ExampleLog.ExampleParts;
import dev.freshet.experiment.DefinitionExamples;
import dev.freshet.features.Quarantine;
import dev.freshet.itemflow.CatalogExamples;
import dev.freshet.itemflow.CatalogFlow.ItemAnalysis;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLog.DamagedObjectException;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.popularity.Trends;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.sums.OutcomeHistory;
import dev.freshet.model.sums.OutcomeHistory.StoredOutcomes;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.training.LatestModel.ModelCutover;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Rebuilds a model from the history of examples under an id of its own, and makes it the current
 * one.
 *
 * <p>{@code examples} holds what was learned, in order. Where it no longer reaches back to the
 * beginning, the items of the catalogue and the definitions are learned first, since they may be
 * older. The live trainer continues meanwhile, and switches to the rebuilt model when that has
 * caught up ({@link ModelCutover}). If no trainer does so in time, the replay switches.
 *
 * <p>A replay that failed continues at the end of its log when it is started again with the same
 * id.
 */
public final class Replay {
    /** Most records of one version. */
    public static final int BATCH_SIZE = 1_000;

    /** Time for the trainer to switch by itself, once the replay has caught up. */
    public static final Duration TRAINER_GRACE = Duration.ofSeconds(5);

    private static final Compaction.Settings SETTINGS = Compaction.Settings.DEFAULT;

    private final ModelLogs logs;
    private final ModelLog log;
    private final LatestModel latest;
    private final String modelId;
    private final ExampleHistory history;
    private final TrainingFlow flow;
    private final InstantSource clock;
    private List<StreamRecord> pending = List.of();
    private BigInteger reached;
    private BigInteger liveBefore = BigInteger.ZERO;
    private long version;
    private long snapshot;
    private long applied;
    private long records;
    private Instant graceEnds = Instant.MAX;

    /**
     * Progress of a replay.
     *
     * @param records read in this run
     * @param applied examples learned in this run
     * @param version of the rebuilt model
     * @param behind time by which the replay is behind the stream's end
     * @param current whether the rebuilt model is the current one: the replay is complete
     */
    public record Progress(
            long records, long applied, long version, Duration behind, boolean current) {}

    /**
     * Creates a replay over its ports.
     *
     * @param modelId of the rebuilt model, part of whose log may exist
     * @param settings of the rebuilt model
     * @param history from the end of that log on, if it exists
     * @param loads runs reads of objects, several at a time
     */
    public Replay(
            ModelLogs logs,
            String modelId,
            ModelSettings settings,
            ExampleHistory history,
            Quarantine quarantine,
            InstantSource clock,
            Executor loads) {
        this.logs = logs;
        this.log = logs.log(modelId);
        this.modelId = modelId;
        this.history = history;
        this.clock = clock;
        this.latest = new LatestModel(ModelLogs.only(log), settings, loads);
        this.flow =
                new TrainingFlow(
                        ModelLogs.only(log),
                        settings,
                        new NoTrends(),
                        new NoHistory(),
                        quarantine,
                        clock,
                        loads);
        Optional<ModelLog.Version> last = log.head();
        this.reached = last.map(ModelLog.Version::position).orElse(BigInteger.ZERO);
        this.version = last.map(ModelLog.Version::version).orElse(0L);
        if (last.map(ModelLog.Version::closes).orElse(false)) {
            throw new IllegalStateException(
                    "Model " + modelId + " was current before and is closed: choose another id.");
        }
        this.snapshot = latest.snapshotted();
    }

    /**
     * Returns whether the stream still holds everything that the current model learned: the first
     * example of the model's first version is the first one in the stream. A stream that begins
     * with a record that cannot be decoded counts as one that does not, and so does any where the
     * model's first version is damaged: a replay is what mends a damaged log.
     *
     * @param first the oldest record of the stream
     */
    public static boolean isWhole(ModelLogs logs, StreamRecord first) {
        ModelLog live = logs.log(logs.head().current());
        Optional<ModelLog.Version> one =
                live.after(0, 1).stream().filter(row -> row.version() == 1).findFirst();
        if (one.isEmpty()) {
            return live.head().isEmpty();
        }
        List<Example> learned = learned(live, one.get());
        List<Example> oldest = decoded(first);
        return !learned.isEmpty()
                && !oldest.isEmpty()
                && learned.getFirst().equals(oldest.getFirst());
    }

    private static List<Example> learned(ModelLog log, ModelLog.Version version) {
        try {
            return DeltaCodec.decode(log.delta(version)).examples();
        } catch (DamagedObjectException | MalformedBytesException damaged) {
            return List.of();
        }
    }

    private static List<Example> decoded(StreamRecord record) {
        try {
            return ExampleCodec.decode(record.data());
        } catch (MalformedBytesException undecodable) {
            return List.of();
        }
    }

    /**
     * Learns the items of the catalogue, for a history that begins later; an item learned twice
     * counts once.
     *
     * @return the number of items
     */
    public int replayCatalog(Catalog catalog, ItemAnalysis analysis) {
        return new CatalogExamples(catalog, analysis, clock)
                .emit(item -> true, Integer.MAX_VALUE, this::learn);
    }

    /**
     * Learns the stored definitions, for a history that begins later; one that is learned twice
     * counts once.
     */
    public void replayDefinitions(DefinitionExamples definitions) {
        learn(definitions.all());
    }

    private void learn(List<Example> items) {
        ShardPosition none = new ShardPosition("catalogue", BigInteger.ZERO);
        for (ExampleParts.Part part : ExampleParts.of(items, ExampleLog.MAX_RECORD_BYTES)) {
            fold(List.of(new StreamRecord(none, "", part.bytes(), clock.instant())));
        }
    }

    /**
     * Learns some more records, or, at the stream's end, checks whether the rebuilt model has
     * become current.
     *
     * @throws StoreUnavailableException if a store does not answer: the call is to be repeated
     * @throws IllegalStateException if another replay rebuilds another model
     */
    public Progress step() {
        if (pending.isEmpty()) {
            pending = history.next(BATCH_SIZE);
        }
        List<StreamRecord> batch = pending;
        if (batch.isEmpty() && history.behind().isZero()) {
            // What the current model had learned before this read is no more in the stream.
            reached = reached.max(liveBefore);
            liveBefore = ModelLogs.position(logs.log(logs.head().current()));
        }
        if (!batch.isEmpty()) {
            fold(batch);
            pending = List.of();
            records += batch.size();
            reached = reached.max(batch.getLast().position().sequence());
            snapshot(CompactionRequests.VERSIONS);
        }
        boolean caughtUp = batch.isEmpty() && history.behind().isZero();
        return new Progress(records, applied, version, history.behind(), caughtUp && offer());
    }

    private void fold(List<StreamRecord> batch) {
        List<StreamRecord> rest = batch;
        while (!rest.isEmpty()) {
            TrainingFlow.Outcome outcome = flow.process(rest);
            applied += outcome.applied();
            version = Math.max(version, outcome.version());
            if (outcome.unfinished().isEmpty()) {
                return;
            }
            BigInteger lowest = outcome.unfinished().get().sequence();
            List<StreamRecord> left =
                    rest.stream()
                            .dropWhile(r -> r.position().sequence().compareTo(lowest) < 0)
                            .toList();
            if (left.size() == rest.size()) {
                throw new StoreUnavailableException("Model log", "it accepts no version");
            }
            rest = left;
        }
    }

    /**
     * Offers the rebuilt model to the trainer; switches to it when the trainer has not done so in
     * time. Returns whether the rebuilt model is current.
     */
    private boolean offer() {
        ModelLogs.Head head = logs.head();
        if (head.current().equals(modelId)) {
            return true;
        }
        if (head.next().isPresent() && !head.next().get().equals(modelId)) {
            throw new IllegalStateException(
                    "Another replay builds " + head.next().get() + ": wait until it has ended.");
        }
        snapshot(1);
        if (head.next().isEmpty() || head.reached().compareTo(reached) < 0) {
            if (logs.move(head, head.building(modelId, reached)) && graceEnds.equals(Instant.MAX)) {
                graceEnds = clock.instant().plus(TRAINER_GRACE);
            }
            return false;
        }
        if (graceEnds.equals(Instant.MAX)) {
            graceEnds = clock.instant().plus(TRAINER_GRACE);
        }
        return !clock.instant().isBefore(graceEnds)
                && ModelCutover.attempt(logs, head, clock.instant()).current().equals(modelId);
    }

    /**
     * Makes a snapshot, so that the process that switches loads one object instead of a thousand.
     */
    private void snapshot(int every) {
        if (version - snapshot < every) {
            return;
        }
        Versioned newest = latest.follow();
        latest.snapshot(newest, clock.instant(), SETTINGS.rowsKept());
        snapshot = newest.version();
    }

    /**
     * A store that drops windows: those that close again in a replay are in Trends since they
     * closed the first time.
     */
    private static final class NoHistory implements OutcomeHistory {
        @Override
        public boolean put(StoredOutcomes outcomes) {
            return true;
        }

        @Override
        public List<StoredOutcomes> between(int firstDay, int lastDay) {
            return List.of();
        }
    }

    private static final class NoTrends implements Trends {
        @Override
        public boolean put(TrendWindow window) {
            return true;
        }

        @Override
        public List<TrendWindow> between(String scope, Duration length, Instant from, Instant to) {
            return List.of();
        }
    }
}
