package dev.freshet.enrolment;

import static dev.freshet.check.Check.require;

import dev.freshet.enrolment.Enrolment.Enrolled.Step;
import dev.freshet.event.ShardPosition;
import dev.freshet.json.WireName;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user's arm from the first impression on.
 *
 * @param salt of the experiment's phase
 * @param since time of the first impression, in whole seconds
 * @param began the record that enrolled the user
 * @param crossing the record by which the user got another arm too; null as a rule. From there on
 *     the user is left out of the analysis, and stays in the first arm
 * @param groups the user's at the first impression, by {@link GroupKind}; none where they were not
 *     noted
 */
public record Enrolment(
        String experiment,
        String salt,
        String arm,
        Instant since,
        Cause began,
        @Nullable Cause crossing,
        List<String> groups) {
    /** The longest window of an experiment: what a user does later counts for no arm. */
    public static final Duration LONGEST_WINDOW = Duration.ofDays(28);

    /** What users are grouped by. The order is part of the formats of profiles and examples. */
    public enum GroupKind implements WireName {
        /** The id of the segment, or empty. */
        SEGMENT,
        /** One of {@link dev.freshet.event.Context#DEVICES}, or empty. */
        DEVICE;

        public static final List<GroupKind> ALL = List.of(values());
    }

    /**
     * What an event is to an enrolment of its user.
     *
     * @param experiment its id
     * @param salt of the experiment's phase
     * @param arm of the user
     * @param seconds from the first impression to the event, at least 0
     * @param groups the user's at the first impression, by {@link GroupKind}, or none
     */
    public record Enrolled(
            String experiment,
            String salt,
            String arm,
            int seconds,
            Step step,
            List<String> groups) {
        /** What the event does. The order is part of the format of examples. */
        public enum Step {
            /** The event is the first impression of a list of the arm. */
            BEGINS,
            /** The user was enrolled before. */
            CONTINUES,
            /** The event makes the user one of two arms, who is left out from here on. */
            CROSSES
        }

        public Enrolled {
            require(seconds >= 0, "an event precedes its user's enrolment");
            groups = checked(groups);
        }

        /** Creates what an event is to the enrolment of a user in no known group. */
        public Enrolled(String experiment, String salt, String arm, int seconds, Step step) {
            this(experiment, salt, arm, seconds, step, List.of());
        }
    }

    /**
     * The record that began an enrolment or crossed it. What another record of the user is to the
     * enrolment follows from comparing the two, however often either is delivered.
     *
     * @param sequence number of the record in its shard
     * @param foreign whether the record came from the shard of another id of the user, as an alias
     *     does. Its number cannot be compared with those of the user's own records: each that is
     *     processed after it counts as later
     */
    public record Cause(BigInteger sequence, boolean foreign) {
        /** Returns a record under the id whose enrolment it changes. */
        public static Cause own(ShardPosition record) {
            return new Cause(record.sequence(), false);
        }

        /** Returns a record under another id, the alias of the one whose enrolment it changes. */
        public static Cause foreign(ShardPosition record) {
            return new Cause(record.sequence(), true);
        }

        /**
         * Returns whether this is one of these records.
         *
         * @param foreignOnes whether they came from the shard of another id
         */
        boolean isOneOf(List<ShardPosition> records, boolean foreignOnes) {
            return foreign == foreignOnes
                    && records.stream().anyMatch(record -> record.sequence().equals(sequence));
        }

        /** Returns whether a record under the id itself comes after this one. */
        boolean precedes(ShardPosition own) {
            return foreign || sequence.compareTo(own.sequence()) < 0;
        }
    }

    public Enrolment {
        since = since.truncatedTo(ChronoUnit.SECONDS);
        groups = checked(groups);
    }

    private static List<String> checked(List<String> groups) {
        require(
                groups.isEmpty() || groups.size() == GroupKind.ALL.size(),
                "a user is in a group of each kind");
        return List.copyOf(groups);
    }

    /** Returns whether the user was also shown another arm. */
    public boolean crossed() {
        return crossing != null;
    }

    boolean isOf(String otherExperiment, String otherSalt) {
        return experiment.equals(otherExperiment) && salt.equals(otherSalt);
    }

    /** Returns the enrolment after a record that brings an arm; the first crossing stays. */
    Enrolment given(String otherArm, Cause cause) {
        return crossed() || arm.equals(otherArm)
                ? this
                : new Enrolment(experiment, salt, arm, since, began, cause, groups);
    }

    /** Returns the enrolment as a user takes it from another id. */
    Enrolment taken(Cause cause) {
        Cause alsoCrossed = crossed() ? cause : null;
        return new Enrolment(experiment, salt, arm, since, cause, alsoCrossed, groups);
    }

    /**
     * Returns what an event under the id itself is to the enrolment; empty for one that precedes
     * it, for one that follows the crossing, and for one after the longest window.
     *
     * @param record that carried the event
     * @param same the record, and those that it resubmits: what they caused, it causes
     * @param at time of the event
     */
    Optional<Enrolled> of(ShardPosition record, List<ShardPosition> same, Instant at) {
        if (crossing != null && crossing.isOneOf(same, false)) {
            return Optional.of(step(Step.CROSSES, at));
        }
        if (crossing != null && crossing.precedes(record)) {
            return Optional.empty();
        }
        if (began.isOneOf(same, false)) {
            return Optional.of(step(Step.BEGINS, at));
        }
        boolean late = began.foreign() && at.isBefore(since);
        return began.precedes(record) && !late && !at.isAfter(since.plus(LONGEST_WINDOW))
                ? Optional.of(step(Step.CONTINUES, at))
                : Optional.empty();
    }

    /**
     * Returns the crossing by an alias; empty for another cause, and for an enrolment that was
     * taken from the other id together with its crossing.
     *
     * @param same the record of the alias, and those that it resubmits
     * @param foreign whether they came from the shard of another id
     */
    Optional<Enrolled> crossedBy(List<ShardPosition> same, boolean foreign, Instant at) {
        return crossing != null && crossing.isOneOf(same, foreign) && !crossing.equals(began)
                ? Optional.of(step(Step.CROSSES, at))
                : Optional.empty();
    }

    private Enrolled step(Step step, Instant at) {
        long seconds = Math.max(0, Duration.between(since, at).toSeconds());
        return new Enrolled(
                experiment, salt, arm, (int) Math.min(Integer.MAX_VALUE, seconds), step, groups);
    }
}
