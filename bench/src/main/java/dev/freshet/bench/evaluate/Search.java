package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.bench.evaluate.Report.Entry;
import dev.freshet.model.settings.BasketSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Seeded local search from the present settings: each trial changes one or two parameters of the
 * best point found so far; no point is tried twice. A point has the value of each parameter by the
 * name of the component of {@link BasketSettings}.
 *
 * @param trial evaluates settings
 */
record Search(Function<BasketSettings, Entry> trial) {
    /** The values that are tried, ascending, by parameter. */
    static final SequencedMap<String, List<Double>> SPACE = new LinkedHashMap<>();

    static {
        SPACE.put("sourceExponent", List.of(0.3, 0.4, 0.5, 0.6, 0.75));
        SPACE.put("targetExponent", List.of(0.0, 0.1, 0.2, 0.3, 0.4));
        SPACE.put("sizeExponent", List.of(0.4, 0.6, 0.8, 1.0));
        SPACE.put("halfHistory", List.of(10.0, 30.0, 100.0, 1e6));
        SPACE.put("dislike", List.of(0.0, 0.25, 0.5));
        SPACE.put("nextSourceExponent", List.of(0.1, 0.3, 0.5));
        SPACE.put("nextTargetExponent", List.of(0.0, 0.25, 0.5));
        SPACE.put("nextHalfDistance", List.of(3.0, 7.0, 15.0));
        SPACE.put("nextDecay", List.of(0.6, 0.8, 0.9));
        SPACE.put("nextHalfHours", List.of(1.0, 12.0, 100.0));
    }

    /** Number of consecutive draws of known points after which the search ends early. */
    private static final int MAX_CONSECUTIVE_MISSES = 100;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Result of one point. */
    record Tried(Map<String, Double> point, Entry entry) {}

    /**
     * Runs the search.
     *
     * @param trials number of points, the present one included
     * @return the present settings first, then each trial in order
     */
    List<Tried> run(BasketSettings present, int trials, long seed, LongConsumer done) {
        Random random = new Random(seed);
        List<Tried> tried = new ArrayList<>();
        tried.add(at(point(present)));
        done.accept(1);
        for (int misses = 0; tried.size() < trials && misses < MAX_CONSECUTIVE_MISSES; ) {
            Map<String, Double> next = changed(best(tried).point, random);
            if (tried.stream().anyMatch(one -> one.point.equals(next))) {
                misses++;
                continue;
            }
            tried.add(at(next));
            done.accept(tried.size());
        }
        return tried;
    }

    private Tried at(Map<String, Double> point) {
        return new Tried(point, trial.apply(settings(point)));
    }

    /** Returns the trial with the highest first figure, the earliest of equal ones. */
    static Tried best(List<Tried> tried) {
        Tried best = tried.getFirst();
        for (Tried one : tried) {
            if (first(one) > first(best)) {
                best = one;
            }
        }
        return best;
    }

    private static double first(Tried one) {
        return one.entry.figures().firstEntry().getValue();
    }

    static Map<String, Double> point(BasketSettings settings) {
        return JSON.convertValue(settings, new TypeReference<LinkedHashMap<String, Double>>() {});
    }

    static BasketSettings settings(Map<String, Double> point) {
        return JSON.convertValue(point, BasketSettings.class);
    }

    /** Returns a neighbouring point, in which one or two parameters have another value. */
    private static Map<String, Double> changed(Map<String, Double> point, RandomGenerator random) {
        List<String> parameters = List.copyOf(SPACE.keySet());
        Map<String, Double> other = new LinkedHashMap<>(point);
        int changes = 1 + random.nextInt(2);
        for (int turn = 0; turn < changes; turn++) {
            String parameter = parameters.get(random.nextInt(parameters.size()));
            List<Double> values = new ArrayList<>(SPACE.getOrDefault(parameter, List.of()));
            values.remove(point.get(parameter));
            other.put(parameter, values.get(random.nextInt(values.size())));
        }
        return other;
    }

    /** Returns the differences between two points as texts, such as {@code dislike 0.25 → 0.5}. */
    static List<String> between(Map<String, Double> from, Map<String, Double> to) {
        return SPACE.keySet().stream()
                .filter(parameter -> !Objects.equals(from.get(parameter), to.get(parameter)))
                .map(
                        parameter ->
                                "%s %s → %s"
                                        .formatted(
                                                parameter,
                                                text(from.getOrDefault(parameter, 0.0)),
                                                text(to.getOrDefault(parameter, 0.0))))
                .toList();
    }

    private static String text(double value) {
        return value == Math.rint(value) && value < 1e9
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
