package dev.freshet.experiment.definition;

import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentSet;
import dev.freshet.experiment.InvalidExperimentException;
import dev.freshet.store.StoreUnavailableException;
import java.util.List;
import java.util.Optional;

/**
 * Changes of the stored definitions. Each is checked against all that are stored: what may change
 * of an experiment that ran, and that no running experiment disturbs another one. Two changes of
 * one experiment at the same moment are applied one after the other; two of different experiments
 * are each checked against what was stored before both.
 */
public final class ExperimentRegistry {
    private static final int MAX_TRIES = 3;
    private static final String STORE = "The Experiments table";

    private final Experiments experiments;

    public ExperimentRegistry(Experiments experiments) {
        this.experiments = experiments;
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
     * Puts a new experiment or a higher version of one. Putting what is stored changes nothing.
     *
     * @throws InvalidExperimentException if the change is not allowed, or the experiment would
     *     disturb another one
     */
    public void put(ExperimentDefinition next) {
        for (int i = 0; i < MAX_TRIES; i++) {
            ExperimentSet set =
                    ExperimentSet.of(
                            experiments.list().stream()
                                    .map(ExperimentDefinition::experiment)
                                    .toList());
            Optional<Experiment> before = set.find(next.id());
            if (before.filter(next.experiment()::equals).isPresent()) {
                return;
            }
            set.with(next.experiment());
            if (experiments.put(next, before.map(Experiment::version).orElse(Experiments.ABSENT))) {
                return;
            }
        }
        throw changing();
    }

    /**
     * Deletes an experiment that does not run. Deleting what is not there changes nothing.
     *
     * @throws InvalidExperimentException if it runs
     */
    public void delete(String id) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<ExperimentDefinition> before = experiments.get(id);
            if (before.isEmpty()) {
                return;
            }
            if (before.get().experiment().running()) {
                throw new InvalidExperimentException(
                        "still-running",
                        "The experiment is running; stop it by a higher version with the status"
                                + " stopped first.");
            }
            if (experiments.delete(id, before.get().version())) {
                return;
            }
        }
        throw changing();
    }

    private static StoreUnavailableException changing() {
        return new StoreUnavailableException(
                STORE, new IllegalStateException("a definition kept changing while it was put"));
    }
}
