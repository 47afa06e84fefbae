package dev.freshet.features;

import dev.freshet.access.ExposureToken;
import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.ingest.EventReader;
import dev.freshet.profile.AttributeRules;
import dev.freshet.profile.AttributeRules.Cohort;
import dev.freshet.profile.UserProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Creates examples from rows and events: under pseudonyms, and with only the fields that the model
 * learns from.
 *
 * @param pseudonyms returns the pseudonym of an id
 * @param waits returns how many seconds the user of an id has to be known before what the user does
 *     counts for others
 * @param rules which attributes of users make cohorts
 */
public record ExampleFactory(
        Function<String, Pseudonym> pseudonyms, ToIntFunction<String> waits, AttributeRules rules) {
    /** Creates a factory of examples that count at once. */
    public ExampleFactory(Function<String, Pseudonym> pseudonyms) {
        this(pseudonyms, id -> 0, AttributeRules.DEFAULT);
    }

    /** Returns the standing of a user of an id. */
    Example.Standing standing(String userId, List<Integer> cohorts, List<Enrolled> enrolled) {
        return new Example.Standing(waits.applyAsInt(userId), cohorts, enrolled);
    }

    /** Returns the ids of the cohorts of a user. */
    public List<Integer> cohorts(UserProfile profile) {
        return rules.cohortsOf(profile.attributes()).stream().map(Cohort::id).toList();
    }

    /**
     * Returns the example of a row.
     *
     * @param standing of its user
     */
    public Example.Interaction interaction(StoredInteraction row, Example.Standing standing) {
        return new Example.Interaction(
                row.owner(),
                pseudonyms.apply(row.userId()),
                row.target(),
                row.type(),
                (float) row.strength(),
                (float) row.value(),
                row.correctedAt(),
                receivedAt(row),
                row.context(),
                List.of(),
                row.credit(),
                standing);
    }

    /**
     * Returns when an event was received. One that is older than events may be was imported with a
     * permit of the owner, who vouches for its time: it counts as received when it happened.
     */
    private static Instant receivedAt(StoredInteraction row) {
        return row.correctedAt().isBefore(row.receivedAt().minus(EventReader.MAX_AGE))
                ? row.correctedAt()
                : row.receivedAt();
    }

    /**
     * Returns the items of a list that an interaction is learned with, from the top; none without a
     * list, and if its target is not among them.
     */
    public static List<String> listed(@Nullable ExposureToken list, Target target) {
        if (list == null || !target.isItem()) {
            return List.of();
        }
        List<String> shown = listed(list);
        List<String> first =
                shown.subList(0, Math.min(shown.size(), Example.Interaction.MAX_LISTED));
        return first.contains(target.id()) ? List.copyOf(first) : List.of();
    }

    /** Returns the ids of a list by position; those above a later page are empty. */
    private static List<String> listed(ExposureToken list) {
        List<String> ids = new ArrayList<>(Collections.nCopies(list.first(), ""));
        ids.addAll(list.itemIds());
        return ids;
    }

    /**
     * Returns the example of a list shown.
     *
     * @param row has a list and an owner
     * @param enrolled what the list is to the enrolments of its user
     */
    public Example.Exposure exposure(StoredExposure row, List<Enrolled> enrolled) {
        ShardPosition source = Objects.requireNonNull(row.owner());
        ShownList list = Objects.requireNonNull(row.list());
        if (row.listId().startsWith(StoredExposure.WITHOUT_TOKEN)) {
            return new Example.Exposure(
                    source,
                    pseudonyms.apply(row.userId()),
                    ListCredits.hour(row.receivedAt()),
                    false,
                    "",
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    enrolled,
                    Context.UNKNOWN);
        }
        int hour = ListCredits.hour(row.issuedAt());
        List<Example.Exposure.Place> places = new ArrayList<>();
        for (int at = 0; at < list.places().size(); at++) {
            ShownList.Place place = list.places().get(at);
            if (place.seen()) {
                places.add(
                        new Example.Exposure.Place(
                                place.itemId(),
                                at,
                                place.sources(),
                                place.explored(),
                                place.newcomer()));
            }
        }
        return new Example.Exposure(
                source,
                pseudonyms.apply(row.userId()),
                hour,
                true,
                list.placement(),
                list.labels(),
                places,
                list.shadowRatios(),
                ExposureStep.earlierClicks(row, list, hour),
                enrolled,
                Context.UNKNOWN);
    }

    Example.Merge merge(Event.Alias alias, ShardPosition source, List<Enrolled> crossed) {
        return new Example.Merge(
                source,
                pseudonyms.apply(alias.anonymousId()),
                pseudonyms.apply(alias.userId()),
                crossed);
    }

    Example.Forget forget(Event.Erasure erasure, ShardPosition source) {
        return new Example.Forget(source, pseudonyms.apply(erasure.erasedId()));
    }
}
