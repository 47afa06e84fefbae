package dev.freshet.bench.baseline;

import dev.freshet.bench.evaluate.Baseline;
import dev.freshet.bench.evaluate.BaselineSet;
import dev.freshet.bench.evaluate.FirstInteraction;
import dev.freshet.bench.evaluate.TestSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The baselines of each protocol with their settings; each call returns untrained ones. */
public final class Baselines implements BaselineSet {
    private static final List<Duration> HALF_LIVES =
            List.of(
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(3),
                    Duration.ofHours(6),
                    Duration.ofDays(1),
                    Duration.ofDays(3),
                    Duration.ofDays(10),
                    Duration.ofDays(30));

    private static final List<List<UnaryOperator<Stan.Settings>>> STAN =
            List.of(
                    List.of(
                            own -> own.over(UserBaskets.Unit.SESSION),
                            own -> own.over(UserBaskets.Unit.PERSON)),
                    List.of(own -> own.among(1_000, 100), own -> own.among(5_000, 500)),
                    steps(
                            (own, position) ->
                                    own.decaying(position, own.ageDecay(), own.distanceDecay()),
                            0.45,
                            0.9,
                            1.81,
                            3.62,
                            7.24),
                    steps(
                            (own, age) ->
                                    own.decaying(own.positionDecay(), age, own.distanceDecay()),
                            1,
                            2.5,
                            10,
                            40,
                            100),
                    steps(
                            (own, distance) ->
                                    own.decaying(own.positionDecay(), own.ageDecay(), distance),
                            0.45,
                            0.9,
                            1.81,
                            3.62,
                            7.24));

    private static final List<List<UnaryOperator<Stan.Settings>>> VSTAN =
            Stream.concat(
                            STAN.stream(),
                            Stream.of(
                                    steps(
                                            (own, match) -> own.matching(match, own.idf()),
                                            0.45,
                                            1.81,
                                            7.24,
                                            Double.POSITIVE_INFINITY),
                                    steps(
                                            (own, idf) -> own.matching(own.matchDecay(), idf),
                                            0,
                                            0.2,
                                            1,
                                            5)))
                    .toList();

    private static final int DIMENSIONS = 32;
    private static final int SWEEPS = 16;

    private static List<UnaryOperator<Stan.Settings>> steps(
            BiFunction<Stan.Settings, Double, Stan.Settings> change, double... values) {
        return Arrays.stream(values)
                .<UnaryOperator<Stan.Settings>>mapToObj(value -> own -> change.apply(own, value))
                .toList();
    }

    /**
     * Returns the baselines of the prequential protocol, each with the settings that are best on
     * the opening of this stream ({@link ParameterChoice}).
     *
     * @param stream interactions in time order
     * @param seed seed of the initial vectors of {@link ImplicitAls}
     */
    @Override
    public List<Baseline> ofStream(List<FirstInteraction> stream, long seed) {
        int items = stream.stream().mapToInt(interaction -> interaction.item() + 1).max().orElse(0);
        ParameterChoice choice = ParameterChoice.on(stream);
        return List.of(
                choice.among(popularities(items)),
                new Recency(items),
                choice.among(items <= ItemKnn.MAX_ITEMS ? itemKnns(items) : itemNeighbours()),
                choice.among(vsKnns(items)),
                choice.stepwise(Stan.Settings.stan(), STAN, settings -> new Stan(items, settings)),
                choice.stepwise(
                        Stan.Settings.vstan(), VSTAN, settings -> new Stan(items, settings)),
                choice.among(factorizations(seed)));
    }

    /**
     * Returns the baselines of a protocol that learns first and ranks then, each with the settings
     * that are best on the last part of what is learned before ({@link HoldoutChoice}). {@link
     * Ease} takes part where there are at most {@value Ease#MAX_ITEMS} items.
     */
    @Override
    public List<Baseline> ofTest(TestSetup setup, long seed) {
        int items = setup.items();
        HoldoutChoice choice = new HoldoutChoice(setup);
        List<Baseline> all = new ArrayList<>();
        all.add(choice.among(popularities(items)));
        all.add(new Recency(items));
        all.add(choice.among(items <= ItemKnn.MAX_ITEMS ? itemKnns(items) : batchNeighbours()));
        all.add(choice.among(vsKnns(items)));
        all.add(choice.stepwise(Stan.Settings.stan(), STAN, settings -> new Stan(items, settings)));
        all.add(
                choice.stepwise(
                        Stan.Settings.vstan(), VSTAN, settings -> new Stan(items, settings)));
        all.add(choice.among(walks()));
        if (items <= Ease.MAX_ITEMS) {
            all.add(choice.among(eases()));
        }
        all.add(choice.among(testedFactorizations(seed)));
        return all;
    }

    private static List<Supplier<Baseline>> batchNeighbours() {
        List<Supplier<Baseline>> variants = new ArrayList<>();
        for (double shrinkage : new double[] {0, 10, 50}) {
            variants.add(() -> inTest(new ItemNeighbours(200, shrinkage)));
        }
        return variants;
    }

    private static List<Supplier<Baseline>> walks() {
        List<Supplier<Baseline>> variants = new ArrayList<>();
        for (double alpha : new double[] {0.6, 1, 1.4}) {
            for (double beta : new double[] {0, 0.3, 0.6, 0.9}) {
                variants.add(() -> inTest(new RandomWalk(500, alpha, beta)));
            }
        }
        return variants;
    }

    private static List<Supplier<Baseline>> eases() {
        List<Supplier<Baseline>> variants = new ArrayList<>();
        for (double regularization : new double[] {20, 100, 500}) {
            variants.add(
                    () -> new Retrained(new Ease(regularization), Retrained.Schedule.BEFORE_TEST));
        }
        return variants;
    }

    private static List<Supplier<Baseline>> testedFactorizations(long seed) {
        List<Supplier<Baseline>> variants = new ArrayList<>();
        for (double unobserved : new double[] {1, 0.1, 0.01}) {
            for (double regularization : new double[] {0.03, 0.003}) {
                ImplicitAls.Settings settings =
                        new ImplicitAls.Settings(
                                DIMENSIONS, unobserved, regularization, 1, SWEEPS, 1);
                variants.add(() -> inTest(new ImplicitAls(settings, seed)));
            }
        }
        return variants;
    }

    private static Baseline inTest(BatchMethod method) {
        return new Retrained(method, Retrained.Schedule.DAILY_IN_TEST);
    }

    /**
     * Returns the baselines of the split protocol, in which interactions have no temporal order and
     * all train pairs are learned before the first evaluation. The settings were chosen on a
     * validation part of Gowalla's train lines (one in ten of each person's pairs), see
     * docs/evaluation.md.
     */
    @Override
    public List<Baseline> ofSplit(int items, long seed) {
        return List.of(
                DecayedPopularity.undecayed(items),
                new Retrained(new ItemNeighbours(500, 20), Retrained.Schedule.WHEN_ASKED),
                new Retrained(new RandomWalk(500, 0.6, 0.3), Retrained.Schedule.WHEN_ASKED),
                new Retrained(
                        new ImplicitAls(new ImplicitAls.Settings(64, 0.01, 0.005, 1, 10, 1), seed),
                        Retrained.Schedule.WHEN_ASKED));
    }

    private static List<Supplier<Baseline>> popularities(int items) {
        List<Supplier<Baseline>> variants = new ArrayList<>();
        for (Duration halfLife : HALF_LIVES) {
            variants.add(() -> DecayedPopularity.over(items, halfLife));
        }
        variants.add(() -> DecayedPopularity.undecayed(items));
        return variants;
    }

    private static List<Supplier<Baseline>> itemKnns(int items) {
        List<Supplier<Baseline>> variants = new ArrayList<>();
        for (int window : new int[] {Histories.MAX_ITEMS, 100, 30, 10, 5, 3, 2, 1}) {
            for (double shrinkage : new double[] {0, 10, 50}) {
                variants.add(() -> new ItemKnn(items, window, shrinkage));
            }
        }
        return variants;
    }

    private static List<Supplier<Baseline>> itemNeighbours() {
        List<Supplier<Baseline>> variants = new ArrayList<>();
        for (double shrinkage : new double[] {0, 10, 50}) {
            variants.add(
                    () ->
                            new Retrained(
                                    new ItemNeighbours(200, shrinkage), Retrained.Schedule.DAILY));
        }
        return variants;
    }

    private static List<Supplier<Baseline>> vsKnns(int items) {
        List<Supplier<Baseline>> variants = new ArrayList<>();
        for (UserBaskets.Unit unit : UserBaskets.Unit.values()) {
            for (int window : new int[] {1, 2, 3, 5, 10, 30}) {
                variants.add(() -> new VsKnn(items, unit, window, 1_000, 100));
                variants.add(() -> new VsKnn(items, unit, window, 5_000, 500));
                variants.add(() -> new VsKnn(items, unit, window, 1_000, 100, true, 1));
            }
        }
        return variants;
    }

    private static List<Supplier<Baseline>> factorizations(long seed) {
        List<Supplier<Baseline>> variants = new ArrayList<>();
        for (double unobserved : new double[] {3, 1, 0.3, 0.1, 0.03}) {
            for (double regularization : new double[] {0.03, 0.01, 0.003, 0.001}) {
                ImplicitAls.Settings settings =
                        new ImplicitAls.Settings(
                                DIMENSIONS, unobserved, regularization, 1, SWEEPS, 1);
                variants.add(
                        () ->
                                new Retrained(
                                        new ImplicitAls(settings, seed), Retrained.Schedule.DAILY));
            }
        }
        return variants;
    }
}
