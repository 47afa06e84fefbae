package dev.freshet.bench.ope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.bench.ope.LoggedPlace.Alternative;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * Expectations that are enumerated over all lists of two of four items and all their clicks, not
 * sampled.
 */
class EstimatorTest {
    private static final int ITEMS = 4;

    private static final double[] LOGGING = {0.4, 0.3, 0.2, 0.1};
    private static final double[] EVALUATED = {0.1, 0.15, 0.3, 0.45};

    /** A model of rewards that is wrong everywhere. */
    private static final RewardModel WRONG =
            (place, item) -> 0.1 + 0.2 * Integer.parseInt(item) - 0.05 * place;

    /** A list with its probability under the logging policy. */
    private record Possible(LoggedList list, double probability) {}

    /** Probability of an item at the second place, given the first. */
    private static double second(double[] policy, int first, int item) {
        return item == first ? 0 : policy[item] / (1 - policy[first]);
    }

    /** The chance of a click at the first place. */
    private static double firstClick(int item) {
        return 0.05 + 0.1 * item;
    }

    /** The chance of a click at the second place, which depends on the place above. */
    private static double secondClick(int first, int item, boolean clicked) {
        return 0.3 - 0.05 * item + 0.02 * first - (clicked ? 0.1 : 0);
    }

    private static List<Possible> everyList(double[] logging, double[] evaluated) {
        List<Possible> all = new ArrayList<>();
        for (int first = 0; first < ITEMS; first++) {
            for (int next = 0; next < ITEMS; next++) {
                for (int clicks = 0; clicks < 4 && next != first; clicks++) {
                    boolean one = (clicks & 1) != 0;
                    boolean two = (clicks & 2) != 0;
                    double upper = firstClick(first);
                    double lower = secondClick(first, next, one);
                    LoggedList list =
                            new LoggedList(
                                    "all",
                                    List.of(
                                            place(first, -1, logging, evaluated, one),
                                            place(next, first, logging, evaluated, two)));
                    all.add(
                            new Possible(
                                    list,
                                    logging[first]
                                            * second(logging, first, next)
                                            * (one ? upper : 1 - upper)
                                            * (two ? lower : 1 - lower)));
                }
            }
        }
        return all;
    }

    private static LoggedPlace place(
            int item, int above, double[] logging, double[] evaluated, boolean clicked) {
        List<Alternative> pool = new ArrayList<>();
        for (int other = 0; other < ITEMS; other++) {
            if (other != above) {
                pool.add(
                        new Alternative(
                                "" + other,
                                above < 0 ? logging[other] : second(logging, above, other),
                                above < 0 ? evaluated[other] : second(evaluated, above, other)));
            }
        }
        Alternative shown =
                pool.stream().filter(one -> one.item().equals("" + item)).findAny().orElseThrow();
        return new LoggedPlace(
                "" + item, shown.propensity(), shown.target(), clicked ? 1 : 0, pool);
    }

    private static double expectation(
            List<Possible> lists, ToDoubleFunction<LoggedList> contribution) {
        return lists.stream()
                .mapToDouble(one -> one.probability * contribution.applyAsDouble(one.list))
                .sum();
    }

    /** The true value of a policy, over both places or the first alone. */
    private static double value(double[] policy, boolean both) {
        return expectation(
                everyList(policy, policy),
                list -> both ? list.reward() : list.places().getFirst().reward());
    }

    @Test
    void theExpectationOfCascadeDrIsTheValueOfThePolicy() {
        List<Possible> lists = everyList(LOGGING, EVALUATED);
        double truth = value(EVALUATED, true);

        assertThat(lists.stream().mapToDouble(Possible::probability).sum())
                .isCloseTo(1, within(1e-12));
        assertThat(value(LOGGING, true)).isNotCloseTo(truth, within(1e-3));
        assertThat(expectation(lists, list -> Estimator.cascadeDr(list, WRONG)))
                .isCloseTo(truth, within(1e-12));
    }

    @Test
    void theExpectationOfIpsIsTheValueOfTheFirstPlace() {
        assertThat(expectation(everyList(LOGGING, EVALUATED), Estimator::ips))
                .isCloseTo(value(EVALUATED, false), within(1e-12));
    }

    @Test
    void ofTheLoggingPolicyItselfEveryListContributesItsReward() {
        for (Possible one : everyList(LOGGING, LOGGING)) {
            assertThat(Estimator.ips(one.list))
                    .isCloseTo(one.list.places().getFirst().reward(), within(1e-12));
        }
        assertThat(
                        expectation(
                                everyList(LOGGING, LOGGING),
                                list -> Estimator.cascadeDr(list, WRONG)))
                .isCloseTo(value(LOGGING, true), within(1e-12));
    }

    @Test
    void atTheirEndsSwitchAndShrinkageAreTheDirectMethodAndDoublyRobust() {
        for (Possible one : everyList(LOGGING, EVALUATED)) {
            LoggedList first = new LoggedList("all", one.list.places().subList(0, 1));
            double direct = Estimator.dm(first, WRONG);
            double robust = Estimator.cascadeDr(first, WRONG);

            assertThat(Estimator.switchDr(first, WRONG, 0)).isCloseTo(direct, within(1e-12));
            assertThat(Estimator.drOs(first, WRONG, 0)).isCloseTo(direct, within(1e-12));
            double infinite = Double.POSITIVE_INFINITY;
            assertThat(Estimator.switchDr(first, WRONG, infinite)).isCloseTo(robust, within(1e-12));
            assertThat(Estimator.drOs(first, WRONG, infinite)).isCloseTo(robust, within(1e-12));
            assertThat(Estimator.drOs(first, WRONG, 1e15)).isCloseTo(robust, within(1e-9));
        }
    }

    @Test
    void theDirectMethodOfTheTrueModelIsTheValueOfThePolicy() {
        RewardModel truth = (place, item) -> firstClick(Integer.parseInt(item));
        for (Possible one : everyList(LOGGING, EVALUATED)) {
            assertThat(Estimator.dm(one.list, truth))
                    .isCloseTo(value(EVALUATED, false), within(1e-12));
        }
    }
}
