package dev.freshet.experiment.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.experiment.ExperimentSet;
import dev.freshet.experiment.InvalidExperimentException;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.memory.MemoryExperiments;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExperimentRegistryTest {
    private final MemoryExperiments store = new MemoryExperiments();
    private final ExperimentRegistry registry = new ExperimentRegistry(store);

    @Test
    void aChangeMadeMeanwhileIsSeenAndDecidesAnew() {
        store.put(definition("home", 1, "draft"), Experiments.ABSENT);
        ExperimentRegistry raced =
                new ExperimentRegistry(new Raced(definition("home", 5, "draft")));

        assertThatThrownBy(() -> raced.put(definition("home", 2, "draft")))
                .isInstanceOf(InvalidExperimentException.class)
                .hasMessageContaining("The stored version is 5");
        assertThat(registry.find("home")).contains(definition("home", 5, "draft"));
    }

    @Test
    void aDefinitionThatKeepsChangingEndsInAnUnavailableStore() {
        Experiments never =
                new Raced(definition("home", 1, "draft")) {
                    @Override
                    public boolean put(ExperimentDefinition definition, long seen) {
                        return false;
                    }
                };

        assertThatThrownBy(() -> new ExperimentRegistry(never).put(definition("a", 1, "draft")))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void twoThatWereStoredAtOneMomentAndDisturbEachOtherCanBeStopped() {
        store.put(definition("a", 1, "running"), Experiments.ABSENT);
        store.put(definition("b", 1, "running"), Experiments.ABSENT);

        registry.put(definition("b", 2, "stopped"));

        assertThat(registry.all())
                .containsExactly(definition("a", 1, "running"), definition("b", 2, "stopped"));
    }

    @Test
    void thereAreAtMostTwoHundred() {
        for (int i = 0; i < ExperimentSet.MAX; i++) {
            registry.put(definition("e" + i, 1, "draft"));
        }

        assertThatThrownBy(() -> registry.put(definition("more", 1, "draft")))
                .isInstanceOf(InvalidExperimentException.class);
        registry.put(definition("e7", 2, "draft"));
        registry.delete("e8");
        registry.put(definition("more", 1, "draft"));
    }

    private static ExperimentDefinition definition(String id, long version, String status) {
        return ExperimentDefinition.read(
                """
                {"id":"%s","version":%d,"status":"%s","layer":"l","salt":"%s-1","plannedUsers":1000,
                 "arms":[{"id":"control","weight":0.5},{"id":"b","weight":0.5}],
                 "metrics":{"primary":"listCtr"}}
                """
                        .formatted(id, version, status, id)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** The store, of which somebody else puts a definition before the first put. */
    private class Raced implements Experiments {
        private final ExperimentDefinition other;
        private boolean done;

        Raced(ExperimentDefinition other) {
            this.other = other;
        }

        @Override
        public Optional<ExperimentDefinition> get(String id) {
            return store.get(id);
        }

        @Override
        public List<ExperimentDefinition> list() {
            return store.list();
        }

        @Override
        public boolean put(ExperimentDefinition definition, long seen) {
            if (!done) {
                done = true;
                store.put(other, store.get(other.id()).orElseThrow().version());
            }
            return store.put(definition, seen);
        }

        @Override
        public boolean delete(String id, long seen) {
            return store.delete(id, seen);
        }
    }
}
