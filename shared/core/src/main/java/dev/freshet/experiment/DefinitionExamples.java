package dev.freshet.experiment;

import dev.freshet.event.EventTypes;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Definition;
import dev.freshet.model.sums.Definitions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Converts stored definitions to examples, from which the model learns them.
 *
 * @param types the types of events that conditions of stored experiments can name
 */
public record DefinitionExamples(DefinitionStore store, EventTypes types, InstantSource clock) {
    /** Returns the announcement of a definition as it is stored. */
    public static Example of(StoredDefinition stored, EventTypes types) {
        return new Definition(
                stored.id(),
                stored.revision(),
                stored.kind().hasPhases() ? stored.experiment(types).phase() : null,
                stored.document());
    }

    /** Returns the announcements of all stored definitions, by a scan of the table. */
    public List<Example> all() {
        return store.list().stream().map(stored -> of(stored, types)).toList();
    }

    /**
     * Returns what the model misses, by a scan of the table: definitions that it does not know or
     * knows in an older revision, and deletions of those that are not stored any more. What the
     * model knows was stored before it was announced, so it was deleted if the scan does not find
     * it; a deletion counts from before the scan, so that it does not undo a later put.
     *
     * @param known from a model that was read before this call
     */
    public List<Example> missingFrom(Definitions known) {
        long now = clock.millis();
        List<Example> missing = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (StoredDefinition stored : store.list()) {
            ids.add(stored.id());
            if (stored.revision() > known.version(stored.id())) {
                missing.add(of(stored, types));
            }
        }
        for (Definition definition : known.all()) {
            if (!ids.contains(definition.id())) {
                missing.add(
                        Definition.deleted(
                                definition.id(), Math.max(now, definition.version() + 1)));
            }
        }
        return missing;
    }
}
