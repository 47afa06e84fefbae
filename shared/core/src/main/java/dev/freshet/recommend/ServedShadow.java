package dev.freshet.recommend;

import dev.freshet.experiment.enrolment.ListArm;

/**
 * A shadow that is evaluated on a list.
 *
 * @param name of the shadow, as arms are named
 * @param settings of the list as it would be in the shadow: the shadow in place of the arm of its
 *     experiment, beside the arms of the others
 */
record ServedShadow(ListArm name, ListSettings settings) {}
