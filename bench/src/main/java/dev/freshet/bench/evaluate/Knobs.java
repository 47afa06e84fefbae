package dev.freshet.bench.evaluate;

import dev.freshet.model.settings.BasketSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The space of a search: what {@link BasketSettings} leaves open, each with a few values. A place
 * in it is an array with one value for each knob, in the order of {@link #ALL}.
 */
final class Knobs {
    /**
     * One number.
     *
     * @param name as the component of {@link BasketSettings}
     * @param values that are tried, ascending
     */
    record Knob(String name, List<Double> values) {}

    static final List<Knob> ALL =
            List.of(
                    new Knob("sourceExponent", List.of(0.3, 0.4, 0.5, 0.6, 0.75)),
                    new Knob("targetExponent", List.of(0.0, 0.1, 0.2, 0.3, 0.4)),
                    new Knob("sizeExponent", List.of(0.4, 0.6, 0.8, 1.0)),
                    new Knob("sharpness", List.of(0.0, 1.0, 2.0)),
                    new Knob("halfHistory", List.of(10.0, 30.0, 100.0, 1e6)),
                    new Knob("dislike", List.of(0.0, 0.25, 0.5)),
                    new Knob("nextSourceExponent", List.of(0.1, 0.3, 0.5)),
                    new Knob("nextTargetExponent", List.of(0.0, 0.25, 0.5)),
                    new Knob("nextHalfDistance", List.of(3.0, 7.0, 15.0)),
                    new Knob("nextDecay", List.of(0.6, 0.8, 0.9)),
                    new Knob("nextHalfHours", List.of(1.0, 12.0, 100.0)));

    private Knobs() {}

    /** Where these settings lie. */
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

    /** The settings at this place. */
    static BasketSettings at(double[] place) {
        return new BasketSettings(
                place[0],
                place[1],
                place[2],
                (int) place[3],
                place[4],
                place[5],
                place[6],
                place[7],
                place[8],
                place[9],
                place[10]);
    }

    /** A place near this one: one or two knobs turned to another of their values. */
    static double[] turned(double[] place, RandomGenerator random) {
        double[] other = place.clone();
        int turns = 1 + random.nextInt(2);
        for (int turn = 0; turn < turns; turn++) {
            int knob = random.nextInt(ALL.size());
            List<Double> values =
                    ALL.get(knob).values().stream().filter(value -> value != place[knob]).toList();
            other[knob] = values.get(random.nextInt(values.size()));
        }
        return other;
    }

    /** What is turned from one place to another: {@code dislike 0.25 → 0.5}. */
    static List<String> between(double[] from, double[] to) {
        List<String> turned = new ArrayList<>();
        for (int knob = 0; knob < from.length; knob++) {
            if (from[knob] != to[knob]) {
                turned.add(ALL.get(knob).name() + " " + text(from[knob]) + " → " + text(to[knob]));
            }
        }
        return turned;
    }

    private static String text(double value) {
        return value == Math.rint(value) && value < 1e9
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
