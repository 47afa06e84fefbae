package dev.freshet.privacy;

import dev.freshet.event.Event;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleTraces;
import dev.freshet.example.Pseudonym;
import dev.freshet.quarantine.Quarantine.Entry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a quarantined record when these people are taken out of it.
 *
 * <p>A record of {@code events} is about one person, or for an alias two: all of it goes. A record
 * of {@code examples} holds those of many: only theirs go. One of the model's that cannot be
 * decoded names nobody, so nobody can say whose it is; it stays as long as the quarantine keeps it.
 *
 * @param ids as sent
 * @param eventsStream the name of the stream of events, as it stands in shard names
 * @param decoder reads a record of {@code events}; whatever it throws means that it cannot
 */
record EntryErasure(
        Set<String> ids,
        Set<Pseudonym> pseudonyms,
        String eventsStream,
        Function<byte[], Event> decoder)
        implements Function<Entry, Optional<Entry>> {
    @Override
    public Optional<Entry> apply(Entry entry) {
        if (!isOfEvents(entry)) {
            return withoutExamples(entry);
        }
        return concerns(entry) ? Optional.empty() : Optional.of(entry);
    }

    private boolean isOfEvents(Entry entry) {
        return entry.position().shard().startsWith(eventsStream + "/");
    }

    /** Whether it is a record of {@code events} about one of them. */
    boolean concerns(Entry entry) {
        return isOfEvents(entry)
                && (ids.contains(entry.partitionKey())
                        || (decoded(entry) instanceof Event.Alias alias
                                && ids.contains(alias.userId())));
    }

    private @Nullable Event decoded(Entry entry) {
        try {
            return decoder.apply(entry.payload());
        } catch (RuntimeException undecodable) {
            return null;
        }
    }

    private Optional<Entry> withoutExamples(Entry entry) {
        List<Example> held;
        try {
            held = ExampleCodec.decode(entry.payload());
        } catch (RuntimeException undecodable) {
            return Optional.of(entry);
        }
        List<Example> others = held.stream().filter(example -> !isTheirs(example)).toList();
        if (others.size() == held.size()) {
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

    /** An erasure's own example stays: it has to reach the model. */
    private boolean isTheirs(Example example) {
        return switch (example) {
            case Example.Interaction interaction -> pseudonyms.contains(interaction.user());
            case Example.Retraction undone -> pseudonyms.contains(undone.retracted().user());
            case Example.Merge merge ->
                    pseudonyms.contains(merge.from()) || pseudonyms.contains(merge.into());
            case Example.Forget forget -> false;
            case Example.ItemChanged changed -> false;
        };
    }
}
