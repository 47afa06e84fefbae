package dev.freshet.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.example.Example.DefinitionKind;
import dev.freshet.experiment.DefinitionStore;
import dev.freshet.experiment.Experiment.ExperimentStatus;
import dev.freshet.experiment.StoredDefinition;
import dev.freshet.experiment.StoredDefinition.Change;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link DefinitionStore}: the tests that each of its adapters passes. */
public abstract class DefinitionStoreContract {
    /** An id that no other test of a shared table uses. */
    private final String id = "e-" + UUID.randomUUID();

    private static final Change CHANGE =
            new Change(
                    Instant.parse("2026-11-26T12:00:00.123Z"),
                    "4f7q2m9xk3ab ann",
                    3,
                    ExperimentStatus.STOPPED,
                    0.25);

    private DefinitionStore experiments;

    protected abstract DefinitionStore experiments();

    @BeforeEach
    void open() {
        experiments = experiments();
    }

    @Test
    void aDefinitionComesBackWithItsLogAndItsDocumentAsItWasSent() {
        StoredDefinition first =
                new StoredDefinition(id, definition(id, 1).document(), 1, List.of(CHANGE, CHANGE));

        assertThat(experiments.put(first, DefinitionStore.ABSENT)).isTrue();

        assertThat(experiments.get(id)).contains(first);
        assertThat(first.document()).contains("\n  ");
    }

    @Test
    void anUnknownIdIsAbsent() {
        assertThat(experiments.get(id)).isEmpty();
        assertThat(experiments.delete(id, 1)).isFalse();
        assertThat(experiments.put(definition(id, 2), 1)).isFalse();
        assertThat(experiments.get(id)).isEmpty();
    }

    @Test
    void ofTwoChangesOfOneRevisionTheSecondIsRefused() {
        experiments.put(definition(id, 1), DefinitionStore.ABSENT);

        assertThat(experiments.put(definition(id, 5), DefinitionStore.ABSENT)).isFalse();
        assertThat(experiments.put(definition(id, 3), 1)).isTrue();
        assertThat(experiments.put(definition(id, 4), 1)).isFalse();
        assertThat(experiments.get(id)).contains(definition(id, 3));
    }

    @Test
    void onlyTheRevisionThatWasSeenIsDeleted() {
        experiments.put(definition(id, 1), DefinitionStore.ABSENT);
        experiments.put(definition(id, 2), 1);

        assertThat(experiments.delete(id, 1)).isFalse();
        assertThat(experiments.get(id)).isPresent();
        assertThat(experiments.delete(id, 2)).isTrue();
        assertThat(experiments.get(id)).isEmpty();
        assertThat(experiments.put(definition(id, 1), DefinitionStore.ABSENT)).isTrue();
    }

    @Test
    void allDefinitionsAreListedInTheOrderOfTheirIds() {
        experiments.put(definition(id + "-b", 1), DefinitionStore.ABSENT);
        experiments.put(definition(id + "-a", 7), DefinitionStore.ABSENT);

        assertThat(experiments.list())
                .containsSubsequence(definition(id + "-a", 7), definition(id + "-b", 1))
                .isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()));
    }

    @Test
    void rulesAreKeptApartFromExperiments() {
        StoredDefinition rule =
                new StoredDefinition(DefinitionKind.RULE.idOf(id), "{\"minScore\": 0.5}", 3);
        experiments.put(definition(id, 1), DefinitionStore.ABSENT);

        assertThat(experiments.put(rule, 2)).isFalse();
        assertThat(experiments.put(rule, DefinitionStore.ABSENT)).isTrue();

        assertThat(experiments.get(rule.id())).contains(rule);
        assertThat(experiments.list()).contains(rule, definition(id, 1));
        assertThat(experiments.get(id)).contains(definition(id, 1));
        assertThat(experiments.delete(rule.id(), 2)).isFalse();
        assertThat(experiments.delete(rule.id(), 3)).isTrue();
        assertThat(experiments.get(rule.id())).isEmpty();
        assertThat(experiments.get(id)).isPresent();
    }

    private static StoredDefinition definition(String id, long revision) {
        return new StoredDefinition(id, "{\n  \"id\": \"%s\"}".formatted(id), revision);
    }
}
