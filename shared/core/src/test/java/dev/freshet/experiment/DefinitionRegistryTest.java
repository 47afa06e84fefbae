package dev.freshet.experiment;

import static dev.freshet.example.Example.DefinitionKind.EXPERIMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.EventTypes;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Definition;
import dev.freshet.example.Example.Definition.Phase;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleLog;
import dev.freshet.experiment.Experiment.ExperimentStatus;
import dev.freshet.experiment.StoredDefinition.Change;
import dev.freshet.features.Faults;
import dev.freshet.model.Model;
import dev.freshet.model.log.Trainer;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryDefinitions;
import dev.freshet.testkit.memory.MemoryExampleLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class DefinitionRegistryTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private final MemoryDefinitions store = new MemoryDefinitions();
    private final SettableClock clock = new SettableClock(NOON);
    private final MemoryExampleLog told = new MemoryExampleLog();
    private final DefinitionRegistry registry = registry(store);

    private DefinitionRegistry registry(DefinitionStore stored) {
        return new DefinitionRegistry(stored, told, EventTypes.BUILT_IN, clock);
    }

    private Model model() {
        List<Example> examples = new ArrayList<>();
        told.records().forEach(record -> examples.addAll(ExampleCodec.decode(record)));
        return Trainer.train(Model.EMPTY, examples).model();
    }

    private Definition known(String id) {
        return model().experiments().find(id).orElseThrow();
    }

    @Test
    void aChangeMadeMeanwhileIsSeenAndDecidesAnew() {
        store.put(definition("home", 1, "draft", 1), DefinitionStore.ABSENT);
        DefinitionRegistry raced = raced(1, _ -> definition("home", 5, "draft", 2));

        assertThatThrownBy(() -> put(raced, "home", 2, "draft"))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("The stored version is 5");
        assertThat(registry.find(EXPERIMENT, "home")).contains(definition("home", 5, "draft", 2));
    }

    @Test
    void ofTwoThatDisturbEachOtherAndArePutAtOneMomentAtMostOneStays() {
        DefinitionRegistry raced = raced(1, _ -> definition("other", 1, "running", 9));

        assertThatThrownBy(() -> put(raced, "home", 1, "running"))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("other");

        assertThat(registry.all(EXPERIMENT)).containsExactly(definition("other", 1, "running", 9));
        assertThat(told.records()).as("nothing is announced").isEmpty();
    }

    @Test
    void aChangeThatIsWithdrawnLeavesTheVersionBefore() {
        put(registry, "home", 1, "draft");
        DefinitionRegistry raced = raced(1, _ -> definition("other", 1, "running", 9));

        assertThatThrownBy(() -> put(raced, "home", 2, "running"))
                .isInstanceOf(InvalidQueryException.class);

        assertThat(
                        registry.find(EXPERIMENT, "home")
                                .map(one -> one.experiment(EventTypes.BUILT_IN).version()))
                .contains(1L);
        put(registry, "other", 2, "stopped");
        put(registry, "home", 2, "running");
        assertThat(known("home").running()).isTrue();
    }

    @Test
    void aDefinitionThatKeepsChangingEndsInAnUnavailableStore() {
        DefinitionRegistry raced = raced(1_000, put -> definition("a", 1, "draft", put));

        assertThatThrownBy(() -> put(raced, "a", 2, "draft"))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void twoThatWereStoredAtOneMomentAndDisturbEachOtherCanBeStopped() {
        store.put(definition("a", 1, "running", 1), DefinitionStore.ABSENT);
        store.put(definition("b", 1, "running", 1), DefinitionStore.ABSENT);

        put(registry, "b", 2, "stopped");

        assertThat(registry.all(EXPERIMENT))
                .containsExactly(
                        definition("a", 1, "running", 1),
                        new StoredDefinition(
                                "b",
                                definition("b", 2, "stopped", 0).document(),
                                clock.millis(),
                                List.of(change(2, ExperimentStatus.STOPPED))));
    }

    private static Change change(long version, ExperimentStatus status) {
        return new Change(NOON, "ann", version, status, 1);
    }

    private List<Change> changes() {
        return registry.find(EXPERIMENT, "home").orElseThrow().changes();
    }

    @Test
    void eachChangeIsLoggedWithWhoMadeItAndOneThatIsNoneOrIsWithdrawnIsNot() {
        put(registry, "home", 1, "draft");
        put(registry, "home", 1, "draft");
        DefinitionRegistry raced = raced(1, _ -> definition("other", 1, "running", 9));
        assertThatThrownBy(() -> put(raced, "home", 2, "running"))
                .isInstanceOf(InvalidQueryException.class);
        put(registry, "home", 3, "draft");

        assertThat(changes())
                .containsExactly(
                        change(1, ExperimentStatus.DRAFT), change(3, ExperimentStatus.DRAFT));

        for (int version = 4; version <= 60; version++) {
            put(registry, "home", version, "draft");
        }
        assertThat(changes())
                .hasSize(StoredDefinition.MAX_CHANGES)
                .startsWith(change(11, ExperimentStatus.DRAFT))
                .endsWith(change(60, ExperimentStatus.DRAFT));
    }

    @Test
    void thereAreAtMostTwoHundred() {
        for (int i = 0; i < EXPERIMENT.most(); i++) {
            put(registry, "e" + i, 1, "draft");
        }

        assertThatThrownBy(() -> put(registry, "more", 1, "draft"))
                .isInstanceOf(InvalidQueryException.class);
        put(registry, "e7", 2, "draft");
        registry.delete(EXPERIMENT, "e8");
        put(registry, "more", 1, "draft");
    }

    @Test
    void aChangeIsAnnouncedToTheModelWithWhatTheModelNeeds() {
        put(registry, "home", 1, "running");

        Definition known = known("home");
        assertThat(known.version()).isEqualTo(clock.millis());
        assertThat(known.phase()).isEqualTo(new Phase(true, "home-1", 7 * 86_400, null));
        assertThat(known.document()).isEqualTo(definition("home", 1, "running", 0).document());
    }

    @Test
    void aLostAnnouncementIsMadeUpForByTheSameRequestAgain() {
        ExampleLog silent = Faults.before(ExampleLog.class, told, call -> true);
        DefinitionRegistry lossy =
                new DefinitionRegistry(store, silent, EventTypes.BUILT_IN, clock);
        assertThatThrownBy(() -> put(lossy, "home", 1, "draft"))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(told.records()).isEmpty();

        put(registry, "home", 1, "draft");
        put(registry, "home", 1, "draft");

        assertThat(told.records()).hasSize(2);
        assertThat(known("home").version()).isEqualTo(clock.millis());

        assertThatThrownBy(() -> lossy.delete(EXPERIMENT, "home"))
                .isInstanceOf(StoreUnavailableException.class);
        clock.advance(Duration.ofSeconds(1));
        registry.delete(EXPERIMENT, "home");
        assertThat(model().experiments().all()).isEmpty();
    }

    @Test
    void aDeletedIdBeginsAgainWithVersionOne() {
        put(registry, "home", 3, "draft");
        put(registry, "home", 4, "draft");
        registry.delete(EXPERIMENT, "home");
        assertThat(model().experiments().find("home")).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        put(registry, "home", 1, "draft");

        assertThat(known("home").document()).contains("\"version\":1");
    }

    @Test
    void aClockThatStandsStillOrGoesBackStillOrdersTheChangesOfAnId() {
        put(registry, "home", 1, "draft");
        put(registry, "home", 2, "draft");
        clock.advance(Duration.ofHours(-1));
        put(registry, "home", 3, "draft");

        assertThat(known("home").document()).contains("\"version\":3");
        assertThat(known("home").version()).isEqualTo(NOON.toEpochMilli() + 2);
    }

    private static StoredDefinition definition(
            String id, long version, String status, long revision) {
        return new StoredDefinition(
                id,
                """
                {"id":"%s","version":%d,"status":"%s","layer":"l","salt":"%s-1","plannedUsers":1000,
                 "arms":[{"id":"control","weight":0.5},{"id":"b","weight":0.5}],
                 "metrics":{"primary":"listCtr"}}
                """
                        .formatted(id, version, status, id),
                revision);
    }

    private static void put(DefinitionRegistry registry, String id, long version, String status) {
        StoredDefinition definition = definition(id, version, status, 0);
        registry.put(definition.experiment(EventTypes.BUILT_IN), definition.document(), "ann");
    }

    /** Somebody else puts a definition before each of the first puts. */
    private DefinitionRegistry raced(int puts, IntFunction<StoredDefinition> other) {
        return registry(
                Faults.on(
                        DefinitionStore.class,
                        store,
                        call -> {
                            if (call.method().equals("put") && call.number() <= puts) {
                                StoredDefinition theirs = other.apply(call.number());
                                long seen =
                                        store.get(theirs.id())
                                                .map(StoredDefinition::revision)
                                                .orElse(DefinitionStore.ABSENT);
                                store.put(theirs, seen);
                            }
                        }));
    }
}
