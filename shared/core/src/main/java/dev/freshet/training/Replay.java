package dev.freshet.training;

import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.flow.CatalogExamples;
import dev.freshet.catalog.flow.ItemAnalysis;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleHistory;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.ExampleParts;
import dev.freshet.model.codec.DeltaCodec;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.popularity.Trends;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.quarantine.Quarantine;
import dev.freshet.store.StoreUnavailableException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Rebuilds a model from the history of examples under an id of its own, and makes it current.
 *
 * <p>{@code examples} holds what was learned, in its order. Where it no longer reaches back to the
 * beginning, the catalogue is told first, for its items may be older. The live trainer goes on
 * beside; it hands over to the rebuilt model when that has come as far as itself ({@link
 * ModelCutover}). Where no trainer does so in time, this does.
 *
 * <p>One that dies goes on, when it is begun again with the same id, where its log ends.
 */
public final class Replay {
    /** Records of one version. */
    public static final int AT_A_TIME = 1_000;

    /** For the trainer to go over by itself, once this has caught up. */
    public static final Duration TRAINERS_TURN = Duration.ofSeconds(5);

    private static final Compaction.Settings SETTINGS = Compaction.Settings.DEFAULT;

    private final ModelLogs logs;
    private final ModelLog log;
    private final LatestModel latest;
    private final String modelId;
    private final ExampleHistory history;
    private final TrainingFlow flow;
    private final InstantSource clock;
    private List<StreamRecord> unfolded = List.of();
    private BigInteger reached;
    private long version;
    private long snapshot;
    private long applied;
    private long records;
    private Instant turnEnds = Instant.MAX;

    /**
     * How it goes.
     *
     * @param records read in this run
     * @param applied examples learned in this run
     * @param version the rebuilt model's
     * @param behind the stream's end
     * @param current whether the rebuilt model is the current one: it is done
     */
    public record Progress(
            long records, long applied, long version, Duration behind, boolean current) {}

    /**
     * Over its ports.
     *
     * @param modelId the rebuilt model's; its log may be there in part
     * @param history from the end of that log on, if it is there
     * @param loads runs reads of objects, several at a time
     */
    public Replay(
            ModelLogs logs,
            String modelId,
            ExampleHistory history,
            Quarantine quarantine,
            InstantSource clock,
            Executor loads) {
        this.logs = logs;
        this.log = logs.log(modelId);
        this.modelId = modelId;
        this.history = history;
        this.clock = clock;
        this.latest = new LatestModel(ModelLogs.only(log), ModelSettings.DEFAULT, loads);
        this.flow =
                new TrainingFlow(
                        log, ModelSettings.DEFAULT, new NoTrends(), quarantine, clock, loads);
        Optional<ModelLog.Version> last = log.head();
        this.reached = last.map(ModelLog.Version::position).orElse(BigInteger.ZERO);
        this.version = last.map(ModelLog.Version::version).orElse(0L);
        if (last.map(ModelLog.Version::closes).orElse(false)) {
            throw new IllegalStateException(
                    "Model " + modelId + " was current once and is closed: choose another id.");
        }
        this.snapshot = latest.snapshotted();
    }

    /**
     * Whether the stream still holds all that the current model ever learned: the first example of
     * its first version is the first one there.
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
        List<Example> learned = DeltaCodec.decode(live.delta(one.get())).examples();
        List<Example> there = ExampleCodec.decode(first.data());
        return !learned.isEmpty()
                && !there.isEmpty()
                && learned.getFirst().equals(there.getFirst());
    }

    /** Tells the catalogue, for a history that begins later; told twice it is learned once. */
    public int tell(Catalog catalog, ItemAnalysis analysis) {
        return new CatalogExamples(catalog, analysis)
                .tell(item -> true, Integer.MAX_VALUE, this::learn);
    }

    private void learn(List<Example> items) {
        ShardPosition none = new ShardPosition("catalogue", BigInteger.ZERO);
        for (ExampleParts.Part part : ExampleParts.of(items, ExampleLog.MAX_RECORD_BYTES)) {
            fold(List.of(new StreamRecord(none, "", part.bytes(), clock.instant())));
        }
    }

    /**
     * One step: some records more, or at the stream's end a look whether the rebuilt model has
     * become current.
     *
     * @throws StoreUnavailableException when a store does not answer: the same step again
     * @throws IllegalStateException when another replay builds another model
     */
    public Progress step() {
        if (unfolded.isEmpty()) {
            unfolded = history.next(AT_A_TIME);
        }
        List<StreamRecord> batch = unfolded;
        if (!batch.isEmpty()) {
            fold(batch);
            unfolded = List.of();
            records += batch.size();
            reached = reached.max(batch.getLast().position().sequence());
            snapshot(SETTINGS.versionsBehind());
        }
        boolean caughtUp = batch.isEmpty() && history.behind().isZero();
        return new Progress(records, applied, version, history.behind(), caughtUp && settle());
    }

    private void fold(List<StreamRecord> batch) {
        List<StreamRecord> rest = batch;
        while (!rest.isEmpty()) {
            TrainingFlow.Outcome outcome = flow.take(rest);
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
                throw new StoreUnavailableException(
                        "Model log", new IllegalStateException("it takes no version"));
            }
            rest = left;
        }
    }

    /** Offers what is built; takes the trainer's turn when that lets it pass. */
    private boolean settle() {
        ModelLogs.Head head = logs.head();
        if (head.current().equals(modelId)) {
            return true;
        }
        if (head.next().isPresent() && !head.next().get().equals(modelId)) {
            throw new IllegalStateException(
                    "Another replay builds " + head.next().get() + ": let it end first.");
        }
        snapshot(1);
        if (head.next().isEmpty() || head.reached().compareTo(reached) < 0) {
            if (logs.move(head, head.building(modelId, reached)) && turnEnds.equals(Instant.MAX)) {
                turnEnds = clock.instant().plus(TRAINERS_TURN);
            }
            return false;
        }
        if (turnEnds.equals(Instant.MAX)) {
            turnEnds = clock.instant().plus(TRAINERS_TURN);
        }
        return !clock.instant().isBefore(turnEnds)
                && ModelCutover.attempt(logs, head, clock.instant()).current().equals(modelId);
    }

    /** So that whoever goes over loads one object instead of a thousand. */
    private void snapshot(int every) {
        if (version - snapshot < every) {
            return;
        }
        Versioned newest = latest.follow();
        latest.snapshot(newest, clock.instant(), SETTINGS.rowsKept());
        snapshot = newest.version();
    }

    /** The windows that close again are in Trends since they closed the first time. */
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
