package dev.freshet.training;

import static dev.freshet.check.Check.require;

import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Item;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.ExampleLog.ExampleParts;
import dev.freshet.experiment.DefinitionExamples;
import dev.freshet.experiment.DefinitionStore;
import dev.freshet.itemflow.CatalogExamples;
import dev.freshet.itemflow.CatalogFlow.ItemAnalysis;
import dev.freshet.model.Model;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.settings.ModelSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * Keeps the model log short and the model consistent with the catalogue and with the definitions of
 * experiments. Safe to run at any time, concurrently with training and with itself: a snapshot's
 * row is put if absent, and an item emitted twice is learned once.
 *
 * <p>Model log: makes a snapshot once the newest is {@link Settings#versionsBehind} or more
 * versions behind; the rows below it expire {@link Settings#rowsKept} later, and the objects that
 * they refer to are then removed, within {@link #BETWEEN_SWEEPS}. Catalogue: every {@link
 * Settings#betweenReconciliations} emits each item of the table that the model does not have, or
 * has in an older version, at the cost of one scan of the table. Experiments: at the same time
 * announces definitions and deletions that the model misses, by one scan of their table.
 *
 * <p>Keeps the model in memory between runs. Used by one thread.
 */
public final class Compaction {
    /**
     * The number of versions after the newest snapshot from which on a run makes another: half of
     * those between two requests of the trainer ({@link CompactionRequests}), because the trainer
     * goes on while a run that it asked for starts.
     */
    public static final int VERSIONS_BEHIND = CompactionRequests.VERSIONS / 2;

    /** Most items emitted in one run; the next run continues. */
    public static final int MAX_RESENT = 20_000;

    /**
     * Least time between two searches for objects to remove, unless the last one has left some. A
     * search lists the objects of the log and reads its rows in the partition that replicas poll.
     * It is less than the hour between two scheduled runs, so that each of them searches.
     */
    static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(50);

    private final LatestModel latest;
    private final CatalogExamples items;
    private final DefinitionExamples experiments;
    private final ExampleLog examples;
    private final InstantSource clock;
    private final Settings settings;
    private Instant reconciledAt = Instant.MIN;
    private Instant sweepDueAt = Instant.MIN;
    private boolean moreToResend;

    /**
     * When compaction acts.
     *
     * @param versionsBehind a snapshot is made when the newest is this many versions behind, ≤ 64
     * @param oldest a snapshot is also made when the newest is this old and any version is newer,
     *     so that data that was corrected or erased since does not stay in the log indefinitely
     * @param rowsKept how long rows are kept after the snapshot that made them unneeded
     * @param betweenReconciliations least time between two scans of the catalogue
     */
    public record Settings(
            int versionsBehind,
            Duration oldest,
            Duration rowsKept,
            Duration betweenReconciliations) {
        public static final Settings DEFAULT = withRowsKept(Duration.ofDays(14));

        /** Returns the default settings with another retention of rows. */
        public static Settings withRowsKept(Duration rowsKept) {
            return new Settings(
                    VERSIONS_BEHIND, Duration.ofDays(1), rowsKept, Duration.ofMinutes(50));
        }

        public Settings {
            require(versionsBehind >= 1 && versionsBehind <= 64, "versionsBehind must be 1 to 64");
        }
    }

    /**
     * The result of a run.
     *
     * @param version the log's end
     * @param snapshot the version of the snapshot made, or 0
     * @param snapshotBytes its size
     * @param resent items emitted again
     * @param objectsRemoved objects removed to which no row referred any more
     */
    public record Outcome(
            long version, long snapshot, int snapshotBytes, int resent, int objectsRemoved) {}

    /** Creates a compaction of the current model's log. */
    public Compaction(
            ModelLogs logs,
            ModelSettings modelSettings,
            Catalog catalog,
            DefinitionStore experiments,
            ExampleLog examples,
            ItemAnalysis analysis,
            Settings settings,
            InstantSource clock,
            Executor loads) {
        this.latest = new LatestModel(logs, modelSettings, loads);
        this.items = new CatalogExamples(catalog, analysis, clock);
        this.experiments = new DefinitionExamples(experiments, modelSettings.eventTypes(), clock);
        this.examples = examples;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Runs all of the work once, as the schedule asks for it.
     *
     * @throws dev.freshet.store.StoreUnavailableException if a store does not answer: the next run
     *     continues
     * @throws IllegalStateException if the log is damaged before its end, or a stored definition of
     *     an experiment cannot be read; the rest is done then
     */
    public Outcome run() {
        Versioned newest = newest();
        int bytes = snapshot(newest);
        Instant now = clock.instant();
        boolean due =
                reconciledAt.equals(Instant.MIN)
                        || !now.isBefore(reconciledAt.plus(settings.betweenReconciliations()));
        int resent = due || moreToResend ? reconcile(newest.model(), now) : 0;
        int removed = sweep(newest.model(), now);
        if (due) {
            // Last: a definition that this release cannot read must not stop the rest.
            ExampleParts.putAll(experiments.missingFrom(newest.model().experiments()), examples);
        }
        return outcome(newest, bytes, resent, removed);
    }

    /**
     * Makes a snapshot if one is due, as the trainer asks for it; scans the catalogue only to go on
     * with a run that emitted {@link #MAX_RESENT} items.
     *
     * @throws dev.freshet.store.StoreUnavailableException if a store does not answer: the next run
     *     continues
     * @throws IllegalStateException if the log is damaged before its end
     */
    public Outcome runForVersions() {
        Versioned newest = newest();
        int bytes = snapshot(newest);
        int resent = moreToResend ? reconcile(newest.model(), clock.instant()) : 0;
        return outcome(newest, bytes, resent, 0);
    }

    private Versioned newest() {
        latest.selectCurrent();
        return latest.follow();
    }

    private static Outcome outcome(Versioned newest, int bytes, int resent, int objectsRemoved) {
        return new Outcome(
                newest.version(), bytes > 0 ? newest.version() : 0, bytes, resent, objectsRemoved);
    }

    private int sweep(Model model, Instant now) {
        if (now.isBefore(sweepDueAt)) {
            return 0;
        }
        int removed = latest.log().sweep() + latest.log().sweepNeighbours(model.memories());
        sweepDueAt = removed < ModelLog.MAX_SWEPT ? now.plus(BETWEEN_SWEEPS) : now;
        return removed;
    }

    private int snapshot(Versioned newest) {
        Instant now = clock.instant();
        long behind = newest.version() - latest.snapshotted();
        boolean due =
                behind >= settings.versionsBehind()
                        || (behind > 0 && !latest.since(now).plus(settings.oldest()).isAfter(now));
        return due ? latest.snapshot(newest, now, settings.rowsKept()) : 0;
    }

    private int reconcile(Model model, Instant now) {
        int resent =
                items.emit(
                        item -> !known(model, item),
                        MAX_RESENT,
                        missing -> ExampleParts.putAll(missing, examples));
        moreToResend = resent >= MAX_RESENT;
        reconciledAt = now;
        return resent;
    }

    private static boolean known(Model model, Item item) {
        int index = model.items().index(item.itemId());
        return index >= 0
                && model.items().catalogued(index)
                && model.items().item(index).version() >= item.version();
    }
}
