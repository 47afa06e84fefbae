package dev.freshet.model;

import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Generated histories of a dozen people with up to three pseudonyms each. They contain everything
 * that people can do: view, rate, dislike, retract, sign in, send late events, travel.
 */
final class Histories {
    static final int PEOPLE = 12;
    static final int ITEMS = 20;
    private static final int PSEUDONYMS = 3;
    private static final List<EventType> TYPES =
            List.of(EventType.CLICK, EventType.VIEW, EventType.LIKE, EventType.HIDE);

    private final RandomGenerator random;
    private final Instant start;
    private final Duration length;
    private final Duration latest;
    private final Examples examples = new Examples();
    private final List<Example.Interaction> interactions = new ArrayList<>();

    /**
     * @param latest how late an event may come
     */
    Histories(RandomGenerator random, Instant start, Duration length, Duration latest) {
        this.random = random;
        this.start = start;
        this.length = length;
        this.latest = latest;
    }

    /** Returns the catalogue of every item, so that items have equal indexes in all histories. */
    static List<Example> catalogue() {
        List<Example> items = new ArrayList<>();
        for (int item = 0; item < ITEMS; item++) {
            items.add(Examples.item("item-" + item, 1, List.of("tag-" + item % 3)));
        }
        return items;
    }

    /** Returns this many examples in the order of arrival. */
    List<Example> next(int count) {
        List<Example> history = new ArrayList<>();
        for (int turn = 0; turn < count; turn++) {
            Duration into = length.multipliedBy(turn).dividedBy(count);
            long late = random.nextInt(4) == 0 ? random.nextLong(latest.toSeconds() + 1) : 0;
            Instant at = start.plus(into).minusSeconds(Math.min(late, into.toSeconds()));
            history.add(one(at));
        }
        return history;
    }

    private Example one(Instant at) {
        int dice = random.nextInt(100);
        if (dice < 12 && !interactions.isEmpty()) {
            return examples.takenBack(interactions.remove(random.nextInt(interactions.size())));
        }
        long person = 10L * random.nextInt(PEOPLE);
        if (dice < 18) {
            return examples.merge(person + 1 + random.nextInt(PSEUDONYMS - 1), person);
        }
        boolean rating = dice < 40;
        EventType type = rating ? EventType.RATING : TYPES.get(random.nextInt(TYPES.size()));
        float stars = rating ? random.nextInt(1, 11) / 2f : 0;
        float strength =
                rating ? stars - 2.4f : type == EventType.HIDE ? -1 : random.nextFloat(0.1f, 3);
        Example.Interaction one =
                new Example.Interaction(
                        examples.next(),
                        new Pseudonym(person + random.nextInt(PSEUDONYMS)),
                        Target.item("item-" + random.nextInt(ITEMS)),
                        type,
                        strength,
                        stars,
                        at,
                        Context.of(
                                any("mobile", "desktop", "a fridge"), any("BR", "PT", "IE"), null));
        interactions.add(one);
        return one;
    }

    private @Nullable String any(String... words) {
        int which = random.nextInt(words.length + 1);
        return which == words.length ? null : words[which];
    }

    /** Returns whether an example is about a person. */
    static Predicate<Example> of(int person) {
        return example ->
                switch (example) {
                    case Example.Interaction one -> person(one.user()) == person;
                    case Example.Exposure one -> person(one.user()) == person;
                    case Example.Retraction one -> person(one.retracted().user()) == person;
                    case Example.Merge one -> person(one.into()) == person;
                    case Example.Forget one -> person(one.user()) == person;
                    case Example.ItemChanged one -> false;
                    case Example.Definition one -> false;
                    case Example.Neighbours one -> false;
                };
    }

    /** Returns the examples by which a person is forgotten under every pseudonym. */
    List<Example> forget(int person) {
        List<Example> forgets = new ArrayList<>();
        for (int pseudonym = 0; pseudonym < PSEUDONYMS; pseudonym++) {
            forgets.add(examples.forget(10L * person + pseudonym));
        }
        return forgets;
    }

    private static long person(Pseudonym user) {
        return user.bits() / 10;
    }
}
