package dev.freshet.training;

import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.flow.CatalogExamples;
import dev.freshet.catalog.flow.ItemAnalysis;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.ExampleParts;
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
 * Keeps the model log short and the model true to the catalogue. Safe to run at any time, beside
 * training and beside itself: a snapshot's row is put if absent, and an item told twice is learned
 * once.
 *
 * <p>The model log: a snapshot once the newest lies {@link Settings#versionsBehind} or more behind;
 * the rows below it expire {@link Settings#rowsKept} later, and the objects that they led to are
 * then removed. The catalogue: every {@link Settings#betweenReconciliations} each item of the table
 * that the model does not know, or knows in an older version, is told again: it cost one scan of
 * the table.
 *
 * <p>Keeps the model in memory between runs. Used by one thread.
 */
public final class Compaction {
    /** Most items told in one run; the next one goes on. */
    public static final int MAX_TOLD = 20_000;

    private final LatestModel latest;
    private final CatalogExamples items;
    private final ExampleLog examples;
    private final InstantSource clock;
    private final Settings settings;
    private Instant reconciledAt = Instant.MIN;

    /**
     * How often what is done.
     *
     * @param versionsBehind a snapshot is made when the newest is this many versions behind, ≤ 64
     * @param oldest a snapshot is made too when the newest is this old and anything came after it,
     *     so that what was corrected or forgotten since does not stay behind it for ever
     * @param rowsKept how long rows stay after the snapshot that made them unneeded
     */
    public record Settings(
            int versionsBehind,
            Duration oldest,
            Duration rowsKept,
            Duration betweenReconciliations) {
        public static final Settings DEFAULT = keeping(Duration.ofDays(14));

        /** The usual ones with rows kept so long. */
        public static Settings keeping(Duration rowsKept) {
            return new Settings(32, Duration.ofDays(1), rowsKept, Duration.ofHours(1));
        }

        public Settings {
            if (versionsBehind < 1 || versionsBehind > 64) {
                throw new IllegalArgumentException("versionsBehind must be 1 to 64");
            }
        }
    }

    /**
     * What a run did.
     *
     * @param version the log's end
     * @param snapshot the version of the snapshot made, or 0
     * @param snapshotBytes its size
     * @param told items told again
     * @param swept objects removed that no row led to any more
     */
    public record Outcome(long version, long snapshot, int snapshotBytes, int told, int swept) {}

    /** Over one model's log. */
    public Compaction(
            ModelLog log,
            ModelSettings modelSettings,
            Catalog catalog,
            ExampleLog examples,
            ItemAnalysis analysis,
            Settings settings,
            InstantSource clock,
            Executor loads) {
        this(
                ModelLogs.only(log),
                modelSettings,
                catalog,
                examples,
                analysis,
                settings,
                clock,
                loads);
    }

    /** Over its ports; keeps the log of whichever model is current. */
    public Compaction(
            ModelLogs logs,
            ModelSettings modelSettings,
            Catalog catalog,
            ExampleLog examples,
            ItemAnalysis analysis,
            Settings settings,
            InstantSource clock,
            Executor loads) {
        this.latest = new LatestModel(logs, modelSettings, loads);
        this.items = new CatalogExamples(catalog, analysis);
        this.examples = examples;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Runs once.
     *
     * @throws dev.freshet.store.StoreUnavailableException when a store does not answer: the next
     *     run does the rest
     * @throws IllegalStateException when the log is damaged before its end
     */
    public Outcome run() {
        latest.look();
        Versioned newest = latest.follow();
        int bytes = snapshot(newest);
        int told = 0;
        Instant now = clock.instant();
        if (reconciledAt.equals(Instant.MIN)
                || !now.isBefore(reconciledAt.plus(settings.betweenReconciliations()))) {
            told = reconcile(newest.model());
            reconciledAt = told < MAX_TOLD ? now : Instant.MIN;
        }
        return new Outcome(
                newest.version(),
                bytes > 0 ? newest.version() : 0,
                bytes,
                told,
                latest.log().sweep());
    }

    private int snapshot(Versioned newest) {
        Instant now = clock.instant();
        long behind = newest.version() - latest.snapshotted();
        boolean due =
                behind >= settings.versionsBehind()
                        || (behind > 0 && !latest.since(now).plus(settings.oldest()).isAfter(now));
        return due ? latest.snapshot(newest, now, settings.rowsKept()) : 0;
    }

    private int reconcile(Model model) {
        return items.tell(
                item -> !known(model, item),
                MAX_TOLD,
                missing -> ExampleParts.putAll(missing, examples));
    }

    private static boolean known(Model model, Item item) {
        int index = model.items().index(item.itemId());
        return index >= 0
                && model.items().catalogued(index)
                && model.items().item(index).version() >= item.version();
    }
}
