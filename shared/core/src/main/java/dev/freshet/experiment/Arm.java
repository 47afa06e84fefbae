package dev.freshet.experiment;

/**
 * One of the alternatives that an experiment compares.
 *
 * @param id unique in the experiment
 * @param weight share of the experiment's users, greater than 0; the weights' sum is 1
 */
public record Arm(String id, double weight, ArmSettings settings) {}
