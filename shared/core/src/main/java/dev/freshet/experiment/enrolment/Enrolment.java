package dev.freshet.experiment.enrolment;

import java.time.Instant;

/**
 * A user's arm from the first impression on.
 *
 * @param salt of the experiment's phase
 * @param since time of the first impression
 * @param crossed whether the user was also shown another arm; such users are counted and left out
 *     of the analysis
 */
public record Enrolment(
        String experiment, String salt, String arm, Instant since, boolean crossed) {
    boolean isOf(String otherExperiment, String otherSalt) {
        return experiment.equals(otherExperiment) && salt.equals(otherSalt);
    }

    /** Returns the enrolment after another one of the same user: the earlier arm stays. */
    Enrolment joined(Enrolment other) {
        Enrolment first = other.since.isBefore(since) ? other : this;
        return new Enrolment(
                experiment,
                salt,
                first.arm,
                first.since,
                crossed || other.crossed || !arm.equals(other.arm));
    }
}
