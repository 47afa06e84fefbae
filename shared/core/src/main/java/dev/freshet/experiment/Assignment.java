package dev.freshet.experiment;

import dev.freshet.experiment.enrolment.ListArm;

/**
 * The arm of a user in an experiment.
 *
 * @param counted whether the user's first impression enrols the user; false without consent to
 *     analytics, where the arm is the control
 */
public record Assignment(Experiment experiment, Arm arm, boolean counted) {
    /** Returns the arm as lists name it. */
    public ListArm listArm() {
        return new ListArm(experiment.id(), experiment.salt(), arm.id());
    }
}
