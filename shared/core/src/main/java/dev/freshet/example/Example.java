package dev.freshet.example;

import dev.freshet.catalog.Item;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing to learn from, ≈ 80 bytes encoded. */
public sealed interface Example {
    /**
     * Examples that come from the {@code events} stream know where from; at or below the mark they
     * are skipped.
     */
    sealed interface FromEvents extends Example {
        ShardPosition source();

        /** The same under another source. */
        default Example from(ShardPosition other) {
            return switch (this) {
                case Interaction interaction ->
                        new Interaction(
                                other,
                                interaction.user,
                                interaction.target,
                                interaction.type,
                                interaction.strength,
                                interaction.stars,
                                interaction.at,
                                interaction.country,
                                interaction.device,
                                interaction.localHour,
                                interaction.list);
                case Retraction(var source, Interaction retracted) ->
                        new Retraction(other, retracted);
                case Merge(var source, Pseudonym from, Pseudonym into) ->
                        new Merge(other, from, into);
                case Forget(var source, Pseudonym user) -> new Forget(other, user);
            };
        }
    }

    /**
     * Somebody met something.
     *
     * @param stars of a rating, 0.5 to 5; 0 where nobody rated
     * @param at corrected event time: the model's clock
     * @param country alpha-2, or null
     * @param device or null
     * @param localHour 0 to 23, or −1
     * @param list ids of the list that it was taken from, from the top, ≤ {@value #MOST_LISTED};
     *     empty where none is known, or it was taken from further down
     */
    record Interaction(
            ShardPosition source,
            Pseudonym user,
            Target target,
            EventType type,
            float strength,
            float stars,
            Instant at,
            @Nullable String country,
            @Nullable String device,
            int localHour,
            List<String> list)
            implements FromEvents {
        public static final int MOST_LISTED = 20;

        public Interaction {
            list = List.copyOf(list);
            if (list.size() > MOST_LISTED) {
                throw new IllegalArgumentException(
                        "at most " + MOST_LISTED + " items of a list are kept");
            }
            if (!(stars == 0 || (stars >= 0.5 && stars <= 5))) {
                throw new IllegalArgumentException(stars + " is not from 0.5 to 5, nor 0");
            }
        }

        /** An interaction of which no list is known. */
        public Interaction(
                ShardPosition source,
                Pseudonym user,
                Target target,
                EventType type,
                float strength,
                float stars,
                Instant at,
                @Nullable String country,
                @Nullable String device,
                int localHour) {
            this(
                    source, user, target, type, strength, stars, at, country, device, localHour,
                    List.of());
        }

        /** The same in a list. */
        public Interaction inList(List<String> itemIds) {
            return new Interaction(
                    source, user, target, type, strength, stars, at, country, device, localHour,
                    itemIds);
        }

        /** An interaction that is no rating. */
        public Interaction(
                ShardPosition source,
                Pseudonym user,
                Target target,
                EventType type,
                float strength,
                Instant at,
                @Nullable String country,
                @Nullable String device,
                int localHour) {
            this(source, user, target, type, strength, 0, at, country, device, localHour);
        }
    }

    /** Takes back an interaction: the fields are those of the interaction taken back. */
    record Retraction(ShardPosition source, Interaction retracted) implements FromEvents {}

    /** An anonymous reader became known: one basket becomes part of the other. */
    record Merge(ShardPosition source, Pseudonym from, Pseudonym into) implements FromEvents {}

    /**
     * A reader is to be forgotten: the basket goes, and what it knows to have been counted and
     * rated is given back. docs/model.md tells what goes and what stays. One for nobody, or for
     * somebody forgotten before, changes nothing but the tally.
     */
    record Forget(ShardPosition source, Pseudonym user) implements FromEvents {}

    /**
     * The catalogue changed; applied only if the item's version is higher than the one known, so it
     * needs no source.
     *
     * @param item without its text
     * @param terms hashed analysed term → frequency in title, text and tags; ≤ 256
     */
    record ItemChanged(Item item, Map<Integer, Integer> terms) implements Example {
        /** Most terms kept of an item: the most frequent ones. */
        public static final int MAX_TERMS = 256;

        public ItemChanged {
            terms = Map.copyOf(terms);
        }
    }
}
