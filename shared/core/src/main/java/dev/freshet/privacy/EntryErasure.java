package dev.freshet.privacy;

import dev.freshet.event.Event;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleTraces;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.Quarantine.Entry;
import dev.freshet.privacy.ErasureFlow.Streamed;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Computes what remains of a quarantined record when users are erased from it.
 *
 * <p>A record of {@code events} is about one user, or for an alias two: it is removed as a whole. A
 * record of {@code examples} holds those of many users: only theirs are removed. A record of {@code
 * examples} that cannot be decoded contains pseudonyms only, so its users cannot be determined; it
 * is kept until its retention in the quarantine ends.
 *
 * @param ids user ids and anonymous ids
 * @param streamed how entries are read
 */
record EntryErasure(Set<String> ids, Set<Pseudonym> pseudonyms, Streamed streamed)
        implements Function<Entry, Optional<Entry>> {
    @Override
    public Optional<Entry> apply(Entry entry) {
        if (!isEvent(entry)) {
            return withoutExamples(entry);
        }
        return concerns(entry) ? Optional.empty() : Optional.of(entry);
    }

    private boolean isEvent(Entry entry) {
        return entry.position().shard().startsWith(streamed.eventsStream() + "/");
    }

    /** Returns whether the entry is a record of {@code events} about one of the users. */
    boolean concerns(Entry entry) {
        return isEvent(entry)
                && (ids.contains(entry.partitionKey())
                        || (decoded(entry) instanceof Event.Alias alias
                                && ids.contains(alias.userId())));
    }

    private @Nullable Event decoded(Entry entry) {
        try {
            return streamed.decoder().apply(entry.payload());
        } catch (RuntimeException undecodable) {
            return null;
        }
    }

    private Optional<Entry> withoutExamples(Entry entry) {
        List<Example> examples;
        try {
            examples = ExampleCodec.decode(entry.payload());
        } catch (RuntimeException undecodable) {
            return Optional.of(entry);
        }
        List<Example> others = examples.stream().filter(example -> !concerns(example)).toList();
        if (others.size() == examples.size()) {
            return Optional.of(entry);
        }
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Entry(
                                entry.position(),
                                entry.partitionKey(),
                                entry.reason(),
                                entry.at(),
                                ExampleTraces.with(
                                        ExampleTraces.of(entry.payload()),
                                        ExampleCodec.encode(others))));
    }

    /**
     * Returns whether the example is about one of the users; not so for the example of an erasure,
     * which has to reach the model.
     */
    private boolean concerns(Example example) {
        return switch (example) {
            case Example.Interaction interaction -> pseudonyms.contains(interaction.user());
            case Example.Exposure shown -> pseudonyms.contains(shown.user());
            case Example.Retraction retraction ->
                    pseudonyms.contains(retraction.retracted().user());
            case Example.Merge merge ->
                    pseudonyms.contains(merge.from()) || pseudonyms.contains(merge.into());
            case Example.Forget forget -> false;
            case Example.ItemChanged changed -> false;
            case Example.Definition changed -> false;
            case Example.Neighbours named -> false;
        };
    }
}
