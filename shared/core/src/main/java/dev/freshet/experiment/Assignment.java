package dev.freshet.experiment;

/**
 * The arm of a user in an experiment.
 *
 * @param counted whether the user's first impression enrols the user; false without consent to
 *     analytics, where the arm is the control
 */
public record Assignment(Experiment experiment, Arm arm, boolean counted) {}
