package dev.freshet.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.EventTypes;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleLog;
import dev.freshet.features.Faults;
import dev.freshet.model.Model;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.sums.Definitions.Definition;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryExampleLog;
import dev.freshet.testkit.memory.MemoryExperiments;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class ExperimentRegistryTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private final MemoryExperiments store = new MemoryExperiments();
    private final SettableClock clock = new SettableClock(NOON);
    private final MemoryExampleLog told = new MemoryExampleLog();
    private final ExperimentRegistry registry = registry(store);

    private ExperimentRegistry registry(Experiments stored) {
        return new ExperimentRegistry(stored, told, EventTypes.BUILT_IN, clock);
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
        store.put(definition("home", 1, "draft").revised(1).stored(), Experiments.ABSENT);
        ExperimentRegistry raced = raced(1, _ -> definition("home", 5, "draft").revised(2));

        assertThatThrownBy(() -> raced.put(definition("home", 2, "draft")))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("The stored version is 5");
        assertThat(registry.find("home")).contains(definition("home", 5, "draft").revised(2));
    }

    @Test
    void ofTwoThatDisturbEachOtherAndArePutAtOneMomentAtMostOneStays() {
        ExperimentRegistry raced = raced(1, _ -> definition("other", 1, "running").revised(9));

        assertThatThrownBy(() -> raced.put(definition("home", 1, "running")))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("other");

        assertThat(registry.all()).containsExactly(definition("other", 1, "running").revised(9));
        assertThat(told.records()).as("nothing is announced").isEmpty();
    }

    @Test
    void aChangeThatIsWithdrawnLeavesTheVersionBefore() {
        registry.put(definition("home", 1, "draft"));
        ExperimentRegistry raced = raced(1, _ -> definition("other", 1, "running").revised(9));

        assertThatThrownBy(() -> raced.put(definition("home", 2, "running")))
                .isInstanceOf(InvalidQueryException.class);

        assertThat(registry.find("home").map(ExperimentDefinition::version)).contains(1L);
        registry.put(definition("other", 2, "stopped"));
        registry.put(definition("home", 2, "running"));
        assertThat(known("home").running()).isTrue();
    }

    @Test
    void aDefinitionThatKeepsChangingEndsInAnUnavailableStore() {
        ExperimentRegistry raced = raced(1_000, put -> definition("a", 1, "draft").revised(put));

        assertThatThrownBy(() -> raced.put(definition("a", 2, "draft")))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void twoThatWereStoredAtOneMomentAndDisturbEachOtherCanBeStopped() {
        store.put(definition("a", 1, "running").revised(1).stored(), Experiments.ABSENT);
        store.put(definition("b", 1, "running").revised(1).stored(), Experiments.ABSENT);

        registry.put(definition("b", 2, "stopped"));

        assertThat(registry.all())
                .containsExactly(
                        definition("a", 1, "running").revised(1),
                        definition("b", 2, "stopped").revised(clock.millis()));
    }

    @Test
    void thereAreAtMostTwoHundred() {
        for (int i = 0; i < ExperimentSet.MAX; i++) {
            registry.put(definition("e" + i, 1, "draft"));
        }

        assertThatThrownBy(() -> registry.put(definition("more", 1, "draft")))
                .isInstanceOf(InvalidQueryException.class);
        registry.put(definition("e7", 2, "draft"));
        registry.delete("e8");
        registry.put(definition("more", 1, "draft"));
    }

    @Test
    void aChangeIsAnnouncedToTheModelWithWhatTheModelNeeds() {
        registry.put(definition("home", 1, "running"));

        Definition known = known("home");
        assertThat(known.version()).isEqualTo(clock.millis());
        assertThat(known.running()).isTrue();
        assertThat(known.salt()).isEqualTo("home-1");
        assertThat(known.windowSeconds()).isEqualTo(7 * 86_400);
        assertThat(known.currency()).isNull();
        assertThat(known.document()).isEqualTo(definition("home", 1, "running").document());
    }

    @Test
    void aLostAnnouncementIsMadeUpForByTheSameRequestAgain() {
        ExampleLog silent = Faults.before(ExampleLog.class, told, call -> true);
        ExperimentRegistry lossy =
                new ExperimentRegistry(store, silent, EventTypes.BUILT_IN, clock);
        assertThatThrownBy(() -> lossy.put(definition("home", 1, "draft")))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(told.records()).isEmpty();

        registry.put(definition("home", 1, "draft"));
        registry.put(definition("home", 1, "draft"));

        assertThat(told.records()).hasSize(2);
        assertThat(known("home").version()).isEqualTo(clock.millis());

        assertThatThrownBy(() -> lossy.delete("home"))
                .isInstanceOf(StoreUnavailableException.class);
        clock.advance(Duration.ofSeconds(1));
        registry.delete("home");
        assertThat(model().experiments().all()).isEmpty();
    }

    @Test
    void aDeletedIdBeginsAgainWithVersionOne() {
        registry.put(definition("home", 3, "draft"));
        registry.put(definition("home", 4, "draft"));
        registry.delete("home");
        assertThat(model().experiments().find("home")).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        registry.put(definition("home", 1, "draft"));

        assertThat(known("home").document()).contains("\"version\":1");
    }

    @Test
    void aClockThatStandsStillOrGoesBackStillOrdersTheChangesOfAnId() {
        registry.put(definition("home", 1, "draft"));
        registry.put(definition("home", 2, "draft"));
        clock.advance(Duration.ofHours(-1));
        registry.put(definition("home", 3, "draft"));

        assertThat(known("home").document()).contains("\"version\":3");
        assertThat(known("home").version()).isEqualTo(NOON.toEpochMilli() + 2);
    }

    private static ExperimentDefinition definition(String id, long version, String status) {
        return ExperimentDefinition.read(
                """
                {"id":"%s","version":%d,"status":"%s","layer":"l","salt":"%s-1","plannedUsers":1000,
                 "arms":[{"id":"control","weight":0.5},{"id":"b","weight":0.5}],
                 "metrics":{"primary":"listCtr"}}
                """
                        .formatted(id, version, status, id)
                        .getBytes(StandardCharsets.UTF_8),
                EventTypes.BUILT_IN);
    }

    /** Somebody else puts a definition before each of the first puts. */
    private ExperimentRegistry raced(int puts, IntFunction<ExperimentDefinition> other) {
        return registry(
                Faults.on(
                        Experiments.class,
                        store,
                        call -> {
                            if (call.method().equals("put") && call.number() <= puts) {
                                ExperimentDefinition theirs = other.apply(call.number());
                                long seen =
                                        store.get(theirs.id())
                                                .map(StoredDefinition::revision)
                                                .orElse(Experiments.ABSENT);
                                store.put(theirs.stored(), seen);
                            }
                        }));
    }
}
