package dev.freshet.stream;

import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.feature.StoredInteraction;
import dev.freshet.model.Example;
import dev.freshet.model.Pseudonym;
import java.util.function.Function;

/**
 * Makes examples of rows and events: without names, and without whatever the model does not learn
 * from.
 *
 * @param pseudonyms the model's name of a reader
 */
public record Lessons(Function<String, Pseudonym> pseudonyms) {
    /** What a row teaches. */
    public Example.Interaction interaction(StoredInteraction row) {
        Integer localHour = row.context().localHour();
        return new Example.Interaction(
                row.owner(),
                pseudonyms.apply(row.readerId()),
                row.target(),
                row.type(),
                (float) row.strength(),
                (float) row.stars(),
                row.correctedAt(),
                row.context().country(),
                row.context().device(),
                localHour == null ? -1 : localHour);
    }

    Example.Merge merge(Event.Alias alias, ShardPosition source) {
        return new Example.Merge(
                source, pseudonyms.apply(alias.anonymousId()), pseudonyms.apply(alias.userId()));
    }
}
