package dev.freshet.experiment.enrolment;

import dev.freshet.event.ShardPosition;
import dev.freshet.experiment.enrolment.Enrolled.Step;
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
 */
public record Enrolment(
        String experiment,
        String salt,
        String arm,
        Instant since,
        Cause began,
        @Nullable Cause crossing) {
    /** The longest window of an experiment: what a user does later counts for no arm. */
    public static final Duration LONGEST_WINDOW = Duration.ofDays(28);

    public Enrolment {
        since = since.truncatedTo(ChronoUnit.SECONDS);
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
                : new Enrolment(experiment, salt, arm, since, began, cause);
    }

    /** Returns the enrolment as a user takes it from another id. */
    Enrolment taken(Cause cause) {
        return new Enrolment(experiment, salt, arm, since, cause, crossed() ? cause : null);
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
                experiment, salt, arm, (int) Math.min(Integer.MAX_VALUE, seconds), step);
    }
}
