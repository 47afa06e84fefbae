package dev.freshet.bench.evaluate;

import dev.freshet.model.settings.BasketSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Search space of the tuning: the parameters of {@link BasketSettings}, each with a few values. A
 * point of the space is an array with one value for each parameter, in the order of {@link #ALL}.
 */
final class SearchSpace {
    /**
     * One numeric parameter.
     *
     * @param name name of the component of {@link BasketSettings}
     * @param values candidate values, ascending
     */
    record Parameter(String name, List<Double> values) {}

    static final List<Parameter> ALL =
            List.of(
                    new Parameter("sourceExponent", List.of(0.3, 0.4, 0.5, 0.6, 0.75)),
                    new Parameter("targetExponent", List.of(0.0, 0.1, 0.2, 0.3, 0.4)),
                    new Parameter("sizeExponent", List.of(0.4, 0.6, 0.8, 1.0)),
                    new Parameter("sharpness", List.of(0.0, 1.0, 2.0)),
                    new Parameter("halfHistory", List.of(10.0, 30.0, 100.0, 1e6)),
                    new Parameter("dislike", List.of(0.0, 0.25, 0.5)),
                    new Parameter("nextSourceExponent", List.of(0.1, 0.3, 0.5)),
                    new Parameter("nextTargetExponent", List.of(0.0, 0.25, 0.5)),
                    new Parameter("nextHalfDistance", List.of(3.0, 7.0, 15.0)),
                    new Parameter("nextDecay", List.of(0.6, 0.8, 0.9)),
                    new Parameter("nextHalfHours", List.of(1.0, 12.0, 100.0)));

    private SearchSpace() {}

    /** Returns the point of these settings. */
    static double[] of(BasketSettings settings) {
        return new double[] {
            settings.sourceExponent(),
            settings.targetExponent(),
            settings.sizeExponent(),
            settings.sharpness(),
            settings.halfHistory(),
            settings.dislike(),
            settings.nextSourceExponent(),
            settings.nextTargetExponent(),
            settings.nextHalfDistance(),
            settings.nextDecay(),
            settings.nextHalfHours()
        };
    }

    /** Returns the settings at this point. */
    static BasketSettings at(double[] point) {
        return new BasketSettings(
                point[0],
                point[1],
                point[2],
                (int) point[3],
                point[4],
                point[5],
                point[6],
                point[7],
                point[8],
                point[9],
                point[10]);
    }

    /** Returns a neighbouring point, in which one or two parameters have another value. */
    static double[] changed(double[] point, RandomGenerator random) {
        double[] other = point.clone();
        int changes = 1 + random.nextInt(2);
        for (int turn = 0; turn < changes; turn++) {
            int parameter = random.nextInt(ALL.size());
            List<Double> values =
                    ALL.get(parameter).values().stream()
                            .filter(value -> value != point[parameter])
                            .toList();
            other[parameter] = values.get(random.nextInt(values.size()));
        }
        return other;
    }

    /** Returns the differences between two points as texts, such as {@code dislike 0.25 → 0.5}. */
    static List<String> between(double[] from, double[] to) {
        List<String> changed = new ArrayList<>();
        for (int parameter = 0; parameter < from.length; parameter++) {
            if (from[parameter] != to[parameter]) {
                changed.add(
                        ALL.get(parameter).name()
                                + " "
                                + text(from[parameter])
                                + " → "
                                + text(to[parameter]));
            }
        }
        return changed;
    }

    private static String text(double value) {
        return value == Math.rint(value) && value < 1e9
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
