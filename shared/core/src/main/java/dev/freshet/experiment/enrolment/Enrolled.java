package dev.freshet.experiment.enrolment;

/**
 * What an event is to an enrolment of its user.
 *
 * @param experiment its id
 * @param salt of the experiment's phase
 * @param arm of the user
 * @param seconds from the first impression to the event, at least 0
 */
public record Enrolled(String experiment, String salt, String arm, int seconds, Step step) {
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
        if (seconds < 0) {
            throw new IllegalArgumentException("an event precedes its user's enrolment");
        }
    }
}
