package dev.freshet.bench.ope;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * The Bernoulli Thompson sampling policy of the Open Bandit Dataset, before it learned from the
 * data: the click rate of each item is drawn from a Beta distribution, and the places go to the
 * items with the highest draws. Its probabilities have no closed form and are estimated by
 * simulation.
 */
final class ThompsonPolicy {
    /** Places of the dataset's pages. */
    static final int PLACES = 3;

    private static final String PRIORS = "bernoulli-ts-priors.csv";

    private ThompsonPolicy() {}

    /**
     * Returns the probability of each item at each place, by place and item.
     *
     * @param campaign men or women
     */
    static double[][] probabilities(String campaign, int simulations, RandomGenerator random) {
        List<double[]> priors = priors(campaign);
        int items = priors.size();
        double[][] shown = new double[PLACES][items];
        double[] rates = new double[items];
        for (int simulation = 0; simulation < simulations; simulation++) {
            for (int item = 0; item < items; item++) {
                rates[item] = beta(priors.get(item)[0], priors.get(item)[1], random);
            }
            for (int place = 0; place < PLACES; place++) {
                int best = 0;
                for (int item = 1; item < items; item++) {
                    best = rates[item] > rates[best] ? item : best;
                }
                shown[place][best] += 1.0 / simulations;
                rates[best] = -1;
            }
        }
        return shown;
    }

    private static double beta(double alpha, double beta, RandomGenerator random) {
        double one = gamma(alpha, random);
        return one / (one + gamma(beta, random));
    }

    /** Draws by the method of Marsaglia and Tsang (ACM TOMS 2000), for shapes of at least 1. */
    private static double gamma(double shape, RandomGenerator random) {
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double normal = random.nextGaussian();
            double root = 1 + c * normal;
            if (root > 0) {
                double cube = root * root * root;
                double limit = normal * normal / 2 + d - d * cube + d * Math.log(cube);
                if (Math.log(random.nextDouble()) < limit) {
                    return d * cube;
                }
            }
        }
    }

    /** Returns alpha and beta of each item of a campaign, in the order of the items. */
    private static List<double[]> priors(String campaign) {
        InputStream resource =
                Objects.requireNonNull(ThompsonPolicy.class.getResourceAsStream(PRIORS));
        List<double[]> priors = new ArrayList<>();
        try (var lines =
                new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            for (String line : lines.lines().toList()) {
                String[] cells = line.split(",", -1);
                if (cells[0].equals(campaign)) {
                    priors.add(
                            new double[] {
                                Double.parseDouble(cells[2]), Double.parseDouble(cells[3])
                            });
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return priors;
    }
}
