package dev.freshet.experiment;

/**
 * Settings that are evaluated on the lists of others, without users of their own.
 *
 * @param id unique among the experiment's arms and shadows
 */
public record ShadowArm(String id, ArmSettings settings) {}
