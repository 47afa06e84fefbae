package dev.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Definition;
import dev.freshet.example.Example.Definition.Phase;
import dev.freshet.example.ExampleCodec;
import dev.freshet.experiment.DefinitionStore;
import dev.freshet.experiment.StoredDefinition;
import dev.freshet.features.Faults;
import dev.freshet.itemflow.CatalogFlowTest;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryCatalog;
import dev.freshet.testkit.memory.MemoryDefinitions;
import dev.freshet.testkit.memory.MemoryExampleLog;
import dev.freshet.testkit.memory.MemoryModelLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CompactionTest {
    private final SettableClock clock = new SettableClock(Examples.NOON);
    private final MemoryModelLog log = new MemoryModelLog(clock);
    private final MemoryCatalog items = new MemoryCatalog(clock);
    private final MemoryDefinitions experiments = new MemoryDefinitions();
    private final MemoryExampleLog told = new MemoryExampleLog();
    private final Examples examples = new Examples();
    private Model model = Model.EMPTY;
    private Catalog catalog = items;

    private Compaction compaction() {
        return new Compaction(
                ModelLogs.only(log),
                ModelSettings.DEFAULT,
                catalog,
                experiments,
                told,
                item -> Map.of(item.title().hashCode(), 1),
                Compaction.Settings.DEFAULT,
                clock,
                Runnable::run);
    }

    private void train(Example... learned) {
        Trainer.Step step = Trainer.train(model, List.of(learned));
        long version = log.head().map(row -> row.version()).orElse(0L) + 1;
        log.append(version, step.delta(), step.model().marks(), "1", clock.instant());
        model = step.model();
    }

    private void versions(int count) {
        for (int i = 0; i < count; i++) {
            train(examples.interaction(i, "item-" + i % 5, Duration.ofSeconds(i)));
        }
    }

    private List<Example> told() {
        List<Example> all = new ArrayList<>();
        told.records().forEach(record -> all.addAll(ExampleCodec.decode(record)));
        return all;
    }

    private static Item item(String id, long version, String title) {
        return CatalogFlowTest.item(id, version, title);
    }

    @Test
    void aQuietLogGetsASnapshotADayAfterTheOneBeforeIfAnythingCame() {
        Compaction compaction = compaction();
        versions(1);
        assertThat(compaction.run().snapshot()).isZero();
        clock.advance(Duration.ofDays(1));
        assertThat(compaction.run().snapshot()).isEqualTo(1);
        clock.advance(Duration.ofDays(1));
        assertThat(compaction.run().snapshot()).isZero();
        versions(1);
        assertThat(compaction.run().snapshot()).isEqualTo(2);
    }

    @Test
    void theDeltasBehindASnapshotAreGoneWhenTheirRowsAre() {
        Compaction compaction = compaction();
        versions(33);
        compaction.run();
        clock.advance(Duration.ofDays(14).plusSeconds(1));
        assertThat(compaction.run().objectsRemoved()).isEqualTo(32);
        assertThat(compaction.run().objectsRemoved()).isZero();
    }

    @Test
    void objectsToRemoveAreSearchedForOnceAnHour() {
        Compaction compaction = compaction();
        versions(33);
        compaction.run();
        clock.advance(Duration.ofDays(14).minusMinutes(30));
        assertThat(compaction.run().objectsRemoved()).as("no row has expired yet").isZero();
        clock.advance(Duration.ofMinutes(31));
        assertThat(compaction.run().objectsRemoved()).as("searched half an hour ago").isZero();
        clock.advance(Duration.ofMinutes(30));
        assertThat(compaction.run().objectsRemoved()).isEqualTo(32);
    }

    @Test
    void aSnapshotIsMadeOnceTheNewestLiesSixteenVersionsBehind() {
        Compaction compaction = compaction();
        versions(15);
        assertThat(compaction.run().snapshot()).isZero();
        versions(1);

        assertThat(compaction.run().snapshot()).isEqualTo(16);
        assertThat(log.snapshot(log.snapshots(1).getFirst()))
                .isEqualTo(SnapshotCodec.encode(model));
        assertThat(compaction.run().snapshot()).isZero();
    }

    @Test
    void aTrainerThatAsksKeepsTheLogShortAlthoughEachRunComesLate() {
        Compaction compaction = compaction();
        SplittableRandom random = new SplittableRandom(1);
        int late = 15;
        int runs = -1;
        long longest = 0;
        for (int version = 1; version <= 1_000; version++) {
            versions(1);
            if (version % CompactionRequests.VERSIONS == 0) {
                runs = version + random.nextInt(late + 1);
            }
            if (version == runs) {
                compaction.runForVersions();
            }
            long snapshot =
                    log.snapshots(1).stream().mapToLong(row -> row.version()).max().orElse(0);
            longest = Math.max(longest, version - snapshot);
        }
        assertThat(longest).isLessThanOrEqualTo(CompactionRequests.VERSIONS + late);
    }

    @Test
    void aRequestOfTheTrainerDoesNotScanTheCatalogue() {
        items.put(item("tea", 1, "Tea"));
        Compaction compaction = compaction();

        assertThat(compaction.runForVersions().resent()).isZero();
        assertThat(compaction.run().resent()).isEqualTo(1);
    }

    @Test
    void rowsExpireFourteenDaysBehindASnapshotAndTheModelIsStillWhole() {
        versions(40);
        compaction().run();
        clock.advance(Duration.ofDays(15));
        versions(3);

        assertThat(log.after(0, 10)).extracting(ModelLog.Version::version).startsWith(40L);
        assertThat(SnapshotCodec.encode(Trainings.followed(log)))
                .isEqualTo(SnapshotCodec.encode(model));
    }

    @Test
    void anItemThatTheModelDoesNotKnowOrKnowsInAnOlderVersionIsReportedAgain() {
        items.put(item("known", 3, "Known"));
        items.put(item("older", 5, "Newer title"));
        items.put(item("missing", 1, "Missing"));
        items.put(Item.tombstone("gone", 2));
        train(
                new Example.ItemChanged(item("known", 3, "Known"), Map.of(), Examples.NOON),
                new Example.ItemChanged(item("older", 4, "Title"), Map.of(), Examples.NOON),
                examples.interaction(1, "missing", Duration.ZERO));

        assertThat(compaction().run().resent()).isEqualTo(3);

        assertThat(told())
                .extracting(example -> ((Example.ItemChanged) example).item().itemId())
                .containsExactlyInAnyOrder("older", "missing", "gone");
        assertThat(told())
                .filteredOn(example -> ((Example.ItemChanged) example).item().deleted())
                .allMatch(example -> ((Example.ItemChanged) example).terms().isEmpty());
    }

    @Test
    void theCatalogueIsReadAtTheStartAndThenByEachScheduledRun() {
        items.put(item("tea", 1, "Tea"));
        Compaction compaction = compaction();

        assertThat(compaction.run().resent()).isEqualTo(1);
        assertThat(compaction.run().resent()).isZero();
        clock.advance(Duration.ofMinutes(49));
        assertThat(compaction.run().resent()).isZero();
        clock.advance(Duration.ofMinutes(1));
        assertThat(compaction.run().resent()).isEqualTo(1);
    }

    @Test
    void aCatalogueThatDoesNotAnswerIsReadAgainInTheNextRun() {
        items.put(item("tea", 1, "Tea"));
        catalog = Faults.before(Catalog.class, items, call -> call.number() == 1);
        Compaction compaction = compaction();

        assertThatThrownBy(compaction::run).isInstanceOf(StoreUnavailableException.class);

        assertThat(compaction.run().resent()).isEqualTo(1);
    }

    private static StoredDefinition definition(String id, long revision) {
        return new StoredDefinition(
                id,
                """
                {"id":"%s","version":1,"status":"running","layer":"l","salt":"%s-1",
                 "plannedUsers":1000,
                 "arms":[{"id":"control","weight":0.5},{"id":"b","weight":0.5}],
                 "metrics":{"primary":"listCtr"}}
                """
                        .formatted(id, id),
                revision);
    }

    @Test
    void definitionsWhoseAnnouncementsWereLostAreAnnouncedUntilTheModelKnowsThem() {
        experiments.put(definition("home", 7), DefinitionStore.ABSENT);
        Compaction compaction = compaction();
        versions(1);

        compaction.run();

        assertThat(told()).singleElement().isInstanceOf(Example.Definition.class);
        train(told().toArray(Example[]::new));
        assertThat(model.experiments().version("home")).isEqualTo(7);
        clock.advance(Duration.ofHours(1));
        compaction.run();
        assertThat(told()).as("the model knows it").hasSize(1);

        experiments.delete("home", 7);
        clock.advance(Duration.ofHours(1));
        compaction.run();
        train(told().toArray(Example[]::new));

        assertThat(told()).hasSize(2);
        assertThat(model.experiments().all()).isEmpty();
        assertThat(model.experiments().deleted()).containsEntry("home", clock.millis());
    }

    @Test
    void anIdThatWasPutAgainMeanwhileIsNotDeletedByALateAnnouncement() {
        train(
                Definition.deleted("other", 1),
                new Definition("home", 7, new Phase(true, "s", 60, null), "{}"));
        Compaction compaction = compaction();
        compaction.run();
        clock.advance(Duration.ofSeconds(1));
        train(new Definition("home", clock.millis(), new Phase(true, "s-2", 60, null), "{}"));

        train(told().toArray(Example[]::new));

        assertThat(told()).hasSize(1);
        assertThat(model.experiments().find("home")).isPresent();
    }
}
