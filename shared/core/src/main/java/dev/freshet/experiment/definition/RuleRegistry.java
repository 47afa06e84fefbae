package dev.freshet.experiment.definition;

import dev.freshet.example.Example;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.ExampleParts;
import dev.freshet.store.StoreUnavailableException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Changes of the stored rules. A change is stored, then announced to the model by an example; a
 * request that received no answer may be repeated. Of two changes of one rule at the same moment
 * one is applied after the other.
 */
public final class RuleRegistry {
    /** Most rules of a stack; a few more where they are put at the same moment. */
    public static final int MOST = 50;

    private static final int MAX_TRIES = 3;

    private final Experiments store;
    private final ExampleLog examples;
    private final InstantSource clock;

    RuleRegistry(Experiments store, ExampleLog examples, InstantSource clock) {
        this.store = store;
        this.examples = examples;
        this.clock = clock;
    }

    /** Returns the rule of a name. */
    public Optional<StoredRule> find(String name) {
        return store.rule(name);
    }

    /** Returns all rules in the order of their names. */
    public List<StoredRule> all() {
        return store.rules();
    }

    /**
     * Puts a rule. Putting what is stored announces it again and changes nothing.
     *
     * @param document that was read without an exception
     * @return false if the stack has as many rules as it may have
     * @throws StoreUnavailableException if a store did not answer; repeating it is safe
     */
    public boolean put(String name, String document) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<StoredRule> before = store.rule(name);
            if (before.isPresent() && before.get().document().equals(document)) {
                announce(before.get().announcement());
                return true;
            }
            if (before.isEmpty() && store.rules().size() >= MOST) {
                return false;
            }
            long seen = before.map(StoredRule::revision).orElse(Experiments.ABSENT);
            StoredRule next = new StoredRule(name, document, after(seen));
            if (store.put(next, seen)) {
                announce(next.announcement());
                return true;
            }
        }
        throw changing();
    }

    /**
     * Deletes a rule. Deleting what is not there announces the deletion again.
     *
     * @throws StoreUnavailableException if a store did not answer; repeating it is safe
     */
    public void delete(String name) {
        for (int i = 0; i < MAX_TRIES; i++) {
            long now = clock.millis();
            Optional<StoredRule> before = store.rule(name);
            long seen = before.map(StoredRule::revision).orElse(Experiments.ABSENT);
            if (before.isEmpty() || store.delete(StoredRule.idOf(name), seen)) {
                announce(
                        Example.ExperimentChanged.deleted(
                                StoredRule.idOf(name), Math.max(now, seen + 1)));
                return;
            }
        }
        throw changing();
    }

    private long after(long seen) {
        return Math.max(clock.millis(), seen + 1);
    }

    private void announce(Example.ExperimentChanged change) {
        ExampleParts.putAll(List.of(change), examples);
    }

    private static StoreUnavailableException changing() {
        return new StoreUnavailableException(
                "The Experiments table",
                new IllegalStateException("a rule kept changing while it was put"));
    }
}
