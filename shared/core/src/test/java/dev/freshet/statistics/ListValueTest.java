package dev.freshet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Values that are enumerated over all lists of two of four items and all their clicks, where a
 * click on the first place changes the chance of one on the second.
 */
class ListValueTest {
    private static final double[] LOGGED = {0.4, 0.3, 0.2, 0.1};
    private static final double[] OTHER = {0.1, 0.15, 0.3, 0.45};

    /**
     * A list with its clicks.
     *
     * @param chance of the list and its clicks by the policy it is drawn by
     * @param upper weight of the first place
     * @param both weight of the second place
     */
    private record Possible(
            double chance, double upper, double both, boolean first, boolean second) {
        int clicks() {
            return (first ? 1 : 0) + (second ? 1 : 0);
        }
    }

    private static double below(double[] policy, int above, int item) {
        return policy[item] / (1 - policy[above]);
    }

    private static List<Possible> everyList(double[] drawn, double[] other) {
        List<Possible> all = new ArrayList<>();
        for (int one = 0; one < drawn.length; one++) {
            for (int two = 0; two < drawn.length; two++) {
                for (int clicks = 0; clicks < 4 && two != one; clicks++) {
                    boolean first = (clicks & 1) != 0;
                    boolean second = (clicks & 2) != 0;
                    double upper = 0.05 + 0.1 * one;
                    double lower = 0.3 - 0.05 * two + 0.02 * one - (first ? 0.1 : 0);
                    double weight = other[one] / drawn[one];
                    all.add(
                            new Possible(
                                    drawn[one]
                                            * below(drawn, one, two)
                                            * (first ? upper : 1 - upper)
                                            * (second ? lower : 1 - lower),
                                    weight,
                                    weight * below(other, one, two) / below(drawn, one, two),
                                    first,
                                    second));
                }
            }
        }
        return all;
    }

    private static double value(double[] policy) {
        return everyList(policy, policy).stream()
                .mapToDouble(one -> one.chance * one.clicks())
                .sum();
    }

    /** Returns the expected sums of lists, each in a bucket of its own. */
    private static ListValue expected(List<Possible> lists) {
        double[][] count = new double[2][lists.size()];
        double[][] weights = new double[2][lists.size()];
        double[][] rewards = new double[2][lists.size()];
        for (int at = 0; at < lists.size(); at++) {
            Possible one = lists.get(at);
            count[0][at] = one.chance;
            count[1][at] = one.chance;
            weights[0][at] = one.chance * one.upper;
            weights[1][at] = one.chance * one.both;
            rewards[0][at] = one.first ? weights[0][at] : 0;
            rewards[1][at] = one.second ? weights[1][at] : 0;
        }
        return new ListValue(count, weights, rewards);
    }

    private static double rips(ListValue value) {
        return value.rips().orElseThrow().estimate().value();
    }

    private static double snrips(ListValue value) {
        return value.snrips().orElseThrow().estimate().value();
    }

    @Test
    void theExpectedEstimatesAreTheValueOfTheOtherPolicy() {
        ListValue value = expected(everyList(LOGGED, OTHER));

        assertThat(value(LOGGED)).isNotCloseTo(value(OTHER), within(1e-3));
        assertThat(rips(value)).isCloseTo(value(OTHER), within(1e-12));
        assertThat(snrips(value)).isCloseTo(value(OTHER), within(1e-12));
    }

    @Test
    void ofThePolicyItselfBothAreTheMean() {
        ListValue value = expected(everyList(LOGGED, LOGGED));

        assertThat(rips(value)).isCloseTo(value(LOGGED), within(1e-12));
        assertThat(value.snrips().orElseThrow().minus(value.rips().orElseThrow()).value())
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void normalisedWeightsKeepTheirScaleOutOfTheEstimate() {
        ListValue value =
                new ListValue(
                        new double[][] {{10, 10}},
                        new double[][] {{20, 20}},
                        new double[][] {{4, 8}});

        assertThat(rips(value)).isCloseTo(0.6, within(1e-12));
        assertThat(snrips(value)).isCloseTo(0.3, within(1e-12));
    }

    @Test
    void aPlaceThatHalfOfTheListsHaveCountsHalf() {
        ListValue value =
                new ListValue(
                        new double[][] {{10, 10}, {5, 5}},
                        new double[][] {{10, 10}, {5, 5}},
                        new double[][] {{1, 1}, {1, 1}});

        assertThat(snrips(value)).isCloseTo(0.1 + 0.5 * 0.2, within(1e-12));
        assertThat(rips(value)).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void withoutListsThereIsNoEstimate() {
        ListValue none = new ListValue(new double[1][2], new double[1][2], new double[1][2]);

        assertThat(none.rips()).isEmpty();
        assertThat(none.snrips()).isEmpty();
    }
}
