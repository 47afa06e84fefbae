package dev.freshet.experiment;

import static dev.freshet.query.InvalidQueryException.require;

import dev.freshet.event.EventTypes;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Definition;
import dev.freshet.example.Example.DefinitionKind;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.ExampleLog.ExampleParts;
import dev.freshet.experiment.StoredDefinition.Change;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.store.StoreUnavailableException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Changes of the stored definitions. Each of an experiment is checked against all that are stored:
 * what may change of an experiment that ran, and that no running experiment disturbs another one.
 * Two changes of one id at the same moment are applied one after the other. A change that could
 * disturb another experiment is checked again once it is stored, and withdrawn if somebody else
 * stored one that it disturbs meanwhile: of two such changes at the same moment at most one stays.
 *
 * <p>A change is stored, then announced to the model by an example. A request that received no
 * answer may be repeated: what is stored already is announced again. An announcement that is lost
 * between the two writes is made up for by a later compaction.
 */
public final class DefinitionRegistry {
    private static final int MAX_TRIES = 3;

    private final DefinitionStore store;
    private final ExampleLog examples;
    private final EventTypes types;
    private final InstantSource clock;

    /**
     * Creates the registry over its store.
     *
     * @param types the types of events that conditions can name
     */
    public DefinitionRegistry(
            DefinitionStore store, ExampleLog examples, EventTypes types, InstantSource clock) {
        this.store = store;
        this.examples = examples;
        this.types = types;
        this.clock = clock;
    }

    /** Returns the types of events that conditions can name. */
    public EventTypes types() {
        return types;
    }

    /** Returns the definition of a name. */
    public Optional<StoredDefinition> find(DefinitionKind kind, String name) {
        return store.get(kind.idOf(name));
    }

    /** Returns all definitions of a kind in the order of their names. */
    public List<StoredDefinition> all(DefinitionKind kind) {
        return store.list().stream().filter(stored -> stored.kind() == kind).toList();
    }

    /**
     * Puts a new experiment or a higher version of one. Putting what is stored changes nothing, and
     * announces it again.
     *
     * @param document that the experiment was read from
     * @param by who changes it, for the log
     * @throws InvalidQueryException if the change is not allowed, or the experiment would disturb
     *     another one
     * @throws StoreUnavailableException if a store did not answer; the change may be stored then,
     *     and repeating it is safe
     */
    public void put(Experiment next, String document, String by) {
        retried(
                () -> {
                    List<StoredDefinition> all = all(DefinitionKind.EXPERIMENT);
                    Optional<StoredDefinition> before =
                            all.stream().filter(one -> one.id().equals(next.id())).findFirst();
                    if (before.filter(one -> one.experiment(types).equals(next)).isPresent()) {
                        announce(DefinitionExamples.of(before.get(), types));
                        return true;
                    }
                    set(all.stream()).with(next);
                    long seen =
                            before.map(StoredDefinition::revision).orElse(DefinitionStore.ABSENT);
                    StoredDefinition put =
                            new StoredDefinition(
                                    next.id(), document, after(seen), changes(before, next, by));
                    if (!store.put(put, seen)) {
                        return false;
                    }
                    if (before.isEmpty() || next.running()) {
                        checkAgain(next, put, before);
                    }
                    announce(DefinitionExamples.of(put, types));
                    return true;
                });
    }

    private List<Change> changes(Optional<StoredDefinition> before, Experiment next, String by) {
        Change change =
                new Change(clock.instant(), by, next.version(), next.status(), next.traffic());
        return before.map(old -> old.changesWith(change)).orElse(List.of(change));
    }

    /** Checks what is stored against the others, and withdraws it if it disturbs one of them. */
    private void checkAgain(
            Experiment next, StoredDefinition put, Optional<StoredDefinition> before) {
        try {
            set(all(DefinitionKind.EXPERIMENT).stream()
                            .filter(other -> !other.id().equals(put.id())))
                    .with(next);
        } catch (InvalidQueryException disturbing) {
            if (before.isPresent()) {
                StoredDefinition old = before.get();
                store.put(
                        new StoredDefinition(
                                put.id(), old.document(), after(put.revision()), old.changes()),
                        put.revision());
            } else {
                store.delete(put.id(), put.revision());
            }
            throw disturbing;
        }
    }

    private ExperimentSet set(Stream<StoredDefinition> definitions) {
        return ExperimentSet.of(definitions.map(one -> one.experiment(types)).toList());
    }

    /**
     * Puts a definition of a kind that has no phases. Putting what is stored announces it again and
     * changes nothing.
     *
     * @param document that was read without an exception
     * @throws InvalidQueryException if the stack has as many of the kind as it may have
     * @throws StoreUnavailableException if a store did not answer; repeating it is safe
     */
    public void put(DefinitionKind kind, String name, String document) {
        String id = kind.idOf(name);
        retried(
                () -> {
                    Optional<StoredDefinition> before = store.get(id);
                    require(
                            before.isPresent() || all(kind).size() < kind.most(),
                            "too-many-" + kind.plural(),
                            "The stack has "
                                    + kind.most()
                                    + " "
                                    + kind.plural()
                                    + "; delete one first.");
                    long seen =
                            before.map(StoredDefinition::revision).orElse(DefinitionStore.ABSENT);
                    StoredDefinition next =
                            before.filter(one -> one.document().equals(document))
                                    .orElseGet(
                                            () -> new StoredDefinition(id, document, after(seen)));
                    if (next.revision() != seen && !store.put(next, seen)) {
                        return false;
                    }
                    announce(DefinitionExamples.of(next, types));
                    return true;
                });
    }

    /**
     * Deletes a definition, but no experiment that runs. Deleting what is not there changes
     * nothing, and announces the deletion again.
     *
     * @throws InvalidQueryException if the experiment runs
     * @throws StoreUnavailableException if a store did not answer; it may be deleted then, and
     *     repeating it is safe
     */
    public void delete(DefinitionKind kind, String name) {
        String id = kind.idOf(name);
        retried(
                () -> {
                    long now = clock.millis();
                    Optional<StoredDefinition> before = store.get(id);
                    require(
                            !kind.hasPhases()
                                    || before.filter(one -> one.experiment(types).running())
                                            .isEmpty(),
                            "still-running",
                            "The experiment is running; stop it by a higher version with the"
                                    + " status stopped first.");
                    long seen =
                            before.map(StoredDefinition::revision).orElse(DefinitionStore.ABSENT);
                    if (before.isPresent() && !store.delete(id, seen)) {
                        return false;
                    }
                    announce(Definition.deleted(id, Math.max(now, seen + 1)));
                    return true;
                });
    }

    /** Tries a change until what it has seen is what it replaces. */
    private static void retried(BooleanSupplier change) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            if (change.getAsBoolean()) {
                return;
            }
        }
        throw new StoreUnavailableException(
                "The Experiments table", "a definition kept changing while it was put");
    }

    /**
     * Returns the revision of a change: the time in milliseconds, so that an id that is put again
     * after its deletion has a higher one, and in any case more than the one before.
     */
    private long after(long seen) {
        return Math.max(clock.millis(), seen + 1);
    }

    private void announce(Example change) {
        ExampleParts.putAll(List.of(change), examples);
    }
}
