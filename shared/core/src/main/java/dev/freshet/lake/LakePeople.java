package dev.freshet.lake;

import dev.freshet.enrolment.Enrolments;
import dev.freshet.event.Consent;
import dev.freshet.event.ShardPosition;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.ExampleFactory;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the profiles of users say about the rows of the lake: whose rows a model must not be rebuilt
 * from, and what examples have that rows do not have. The lake itself names users by pseudonyms
 * only, and knows no attributes.
 */
public final class LakePeople {
    /** Most users of whom a profile says something, at some 200 bytes each. */
    public static final int MAX = 5_000_000;

    /** Nothing is known of anybody. */
    public static final LakePeople NOBODY = new LakePeople();

    private static final Person UNKNOWN = new Person(false, true, null, List.of(), Enrolments.NONE);

    private final Map<Pseudonym, Person> people = new HashMap<>();

    /**
     * A user.
     *
     * @param refuses personalisation, also by the user of whom the id is an alias
     * @param analytics whether the user consents to analytics
     */
    private record Person(
            boolean refuses,
            boolean analytics,
            @Nullable Tombstone tombstone,
            List<Integer> cohorts,
            Enrolments enrolments) {
        boolean isUnknown() {
            return !refuses
                    && analytics
                    && tombstone == null
                    && cohorts.isEmpty()
                    && enrolments.isEmpty();
        }

        /** Returns what the profile of an id and that of its user say together. */
        Person and(Person other) {
            return new Person(
                    refuses || other.refuses,
                    analytics && other.analytics,
                    tombstone == null ? other.tombstone : tombstone,
                    cohorts.isEmpty() ? other.cohorts : cohorts,
                    enrolments.isEmpty() ? other.enrolments : enrolments);
        }
    }

    private LakePeople() {}

    /**
     * Reads profiles.
     *
     * @param profiles all of them, tombstones included; closed afterwards
     * @param factory creates the pseudonyms and cohorts of examples
     * @throws IllegalStateException if they say something about more than {@value #MAX} users
     */
    public static LakePeople of(Stream<UserProfile> profiles, ExampleFactory factory) {
        LakePeople all = new LakePeople();
        try (profiles) {
            profiles.forEach(profile -> all.add(profile, factory));
        }
        return all;
    }

    private void add(UserProfile profile, ExampleFactory factory) {
        boolean refuses = refuses(profile, Consent::personalisation);
        boolean analytics = !refuses(profile, Consent::analytics);
        List<Integer> cohorts = factory.cohorts(profile);
        put(
                factory.pseudonyms().apply(profile.userId()),
                new Person(
                        refuses,
                        analytics,
                        profile.tombstone(),
                        profile.aliasOf() == null ? cohorts : List.of(),
                        profile.enrolled()));
        Person asUser = new Person(refuses, analytics, null, cohorts, Enrolments.NONE);
        profile.aliases().forEach(alias -> put(factory.pseudonyms().apply(alias), asUser));
    }

    private void put(Pseudonym user, Person person) {
        if (!person.isUnknown()) {
            people.merge(user, person, Person::and);
            if (people.size() > MAX) {
                throw new IllegalStateException(
                        "The profiles of more than " + MAX + " users matter to the history.");
            }
        }
    }

    private static boolean refuses(UserProfile profile, Predicate<Consent> purpose) {
        return profile.consent() != null
                && !purpose.test(Objects.requireNonNull(profile.consent()));
    }

    private Person person(Pseudonym user) {
        return people.getOrDefault(user, UNKNOWN);
    }

    /**
     * Returns whether a row is left out: the user was erased since, or refuses personalisation now.
     *
     * @param position of the row's record
     */
    boolean leavesOut(Pseudonym user, Instant receivedAt, ShardPosition position) {
        Person person = person(user);
        return person.refuses
                || (person.tombstone != null && person.tombstone.covers(receivedAt, position));
    }

    /** Returns whether a user consents to analytics now. */
    boolean allowsAnalytics(Pseudonym user) {
        return person(user).analytics;
    }

    /** Returns the cohorts that a user belongs to now. */
    List<Integer> cohorts(Pseudonym user) {
        return person(user).cohorts;
    }

    /**
     * Returns the enrolments of a user, which hold the records that began them, and so say of any
     * earlier record what it is to them.
     */
    Enrolments enrolments(Pseudonym user) {
        return person(user).enrolments;
    }
}
