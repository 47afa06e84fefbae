package dev.freshet.example;

import dev.freshet.experiment.enrolment.ListArm;
import java.util.List;

/**
 * How much more or less often a shadow would have drawn the places of a list.
 *
 * @param shadow named as an arm is
 * @param logRatios ln(π_shadow/π) of each place that the page showed, from the top, given the
 *     places above, in half precision; ≤ {@value #MAX_PLACES}. Empty if the page showed other
 *     places than the first ones: then the list says nothing about the shadow
 */
public record ShadowRatios(ListArm shadow, List<Float> logRatios) {
    /** Most places of a list that are evaluated. */
    public static final int MAX_PLACES = 20;

    /** Most shadows of a list. */
    public static final int MOST = 2;

    public ShadowRatios {
        logRatios = List.copyOf(logRatios);
        if (logRatios.size() > MAX_PLACES) {
            throw new IllegalArgumentException("a list is evaluated down to place " + MAX_PLACES);
        }
    }

    /** Returns the logarithm of the weight of each place: the sum of the ratios down to it. */
    public double[] logWeights() {
        double[] weights = new double[logRatios.size()];
        double sum = 0;
        for (int place = 0; place < weights.length; place++) {
            sum += logRatios.get(place);
            weights[place] = (float) sum;
        }
        return weights;
    }
}
