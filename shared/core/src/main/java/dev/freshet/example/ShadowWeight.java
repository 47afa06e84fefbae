package dev.freshet.example;

import dev.freshet.experiment.enrolment.ListArm;

/**
 * The weight that a click has for a shadow.
 *
 * @param shadow named as an arm is
 * @param logWeight the logarithm of the weight of the place in its list, as {@link
 *     ShadowRatios#logWeights} returns it
 */
public record ShadowWeight(ListArm shadow, float logWeight) {}
