package dev.freshet.experiment.definition;

import dev.freshet.example.Example;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.ExampleParts;
import dev.freshet.experiment.ExperimentSet;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.store.StoreUnavailableException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Changes of the stored definitions. Each is checked against all that are stored: what may change
 * of an experiment that ran, and that no running experiment disturbs another one. Two changes of
 * one experiment at the same moment are applied one after the other. A change that could disturb
 * another experiment is checked again once it is stored, and withdrawn if somebody else stored one
 * that it disturbs meanwhile: of two such changes at the same moment at most one stays.
 *
 * <p>A change is stored, then announced to the model by an example. A request that received no
 * answer may be repeated: what is stored already is announced again. An announcement that is lost
 * between the two writes is made up for by a later compaction.
 */
public final class ExperimentRegistry {
    private static final int MAX_TRIES = 3;
    private static final String STORE = "The Experiments table";

    private final Experiments experiments;
    private final ExampleLog examples;
    private final InstantSource clock;

    public ExperimentRegistry(Experiments experiments, ExampleLog examples, InstantSource clock) {
        this.experiments = experiments;
        this.examples = examples;
        this.clock = clock;
    }

    /** Returns the registry of the named rules in the same store. */
    public RuleRegistry rules() {
        return new RuleRegistry(experiments, examples, clock);
    }

    /** Returns the definition of an id. */
    public Optional<ExperimentDefinition> find(String id) {
        return experiments.get(id);
    }

    /** Returns all definitions in the order of their ids. */
    public List<ExperimentDefinition> all() {
        return experiments.list();
    }

    /**
     * Puts a new experiment or a higher version of one. Putting what is stored changes nothing, and
     * announces it again.
     *
     * @throws InvalidQueryException if the change is not allowed, or the experiment would disturb
     *     another one
     * @throws StoreUnavailableException if a store did not answer; the change may be stored then,
     *     and repeating it is safe
     */
    public void put(ExperimentDefinition next) {
        for (int i = 0; i < MAX_TRIES; i++) {
            List<ExperimentDefinition> all = experiments.list();
            Optional<ExperimentDefinition> before =
                    all.stream().filter(stored -> stored.id().equals(next.id())).findFirst();
            if (before.isPresent() && before.get().experiment().equals(next.experiment())) {
                announce(DefinitionExamples.of(before.get()));
                return;
            }
            ExperimentSet.of(all.stream().map(ExperimentDefinition::experiment).toList())
                    .with(next.experiment());
            long seen = before.map(ExperimentDefinition::revision).orElse(Experiments.ABSENT);
            ExperimentDefinition revised = next.revised(after(seen));
            if (experiments.put(revised, seen)) {
                if (before.isEmpty() || revised.experiment().running()) {
                    checkAgain(revised, before);
                }
                announce(DefinitionExamples.of(revised));
                return;
            }
        }
        throw changing();
    }

    /**
     * Deletes an experiment that does not run. Deleting what is not there changes nothing, and
     * announces the deletion again.
     *
     * @throws InvalidQueryException if it runs
     * @throws StoreUnavailableException if a store did not answer; it may be deleted then, and
     *     repeating it is safe
     */
    public void delete(String id) {
        for (int i = 0; i < MAX_TRIES; i++) {
            long now = clock.millis();
            Optional<ExperimentDefinition> before = experiments.get(id);
            if (before.isEmpty()) {
                announce(Example.ExperimentChanged.deleted(id, now));
                return;
            }
            if (before.get().experiment().running()) {
                throw new InvalidQueryException(
                        "still-running",
                        "The experiment is running; stop it by a higher version with the status"
                                + " stopped first.");
            }
            long seen = before.get().revision();
            if (experiments.delete(id, seen)) {
                announce(Example.ExperimentChanged.deleted(id, after(seen)));
                return;
            }
        }
        throw changing();
    }

    /** Checks what is stored against the others, and withdraws it if it disturbs one of them. */
    private void checkAgain(ExperimentDefinition put, Optional<ExperimentDefinition> before) {
        try {
            ExperimentSet.of(
                            experiments.list().stream()
                                    .filter(other -> !other.id().equals(put.id()))
                                    .map(ExperimentDefinition::experiment)
                                    .toList())
                    .with(put.experiment());
        } catch (InvalidQueryException disturbing) {
            if (before.isPresent()) {
                experiments.put(before.get().revised(after(put.revision())), put.revision());
            } else {
                experiments.delete(put.id(), put.revision());
            }
            throw disturbing;
        }
    }

    /**
     * Returns the revision of a change: the time in milliseconds, so that an id that is put again
     * after its deletion has a higher one, and in any case more than the one before.
     */
    private long after(long seen) {
        return Math.max(clock.millis(), seen + 1);
    }

    private void announce(Example.ExperimentChanged change) {
        ExampleParts.putAll(List.of(change), examples);
    }

    private static StoreUnavailableException changing() {
        return new StoreUnavailableException(
                STORE, new IllegalStateException("a definition kept changing while it was put"));
    }
}
