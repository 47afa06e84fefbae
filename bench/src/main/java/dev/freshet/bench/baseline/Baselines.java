package dev.freshet.bench.baseline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The baselines of each protocol with their settings; each call returns untrained ones. */
public final class Baselines {
    private static final int DIMENSIONS = 32;
    private static final int SWEEPS = 16;
    private static final double[] SHRINKAGES = {0, 10, 50};
    private static final double[] NONE = {0};

    private static final List<List<UnaryOperator<Stan.Settings>>> STAN =
            List.of(
                    List.of(
                            own -> own.over(UserBaskets.Unit.SESSION),
                            own -> own.over(UserBaskets.Unit.PERSON)),
                    List.of(own -> own.among(1_000, 100), own -> own.among(5_000, 500)),
                    decays(Stan.Decays::withPosition, 0.45, 0.9, 1.81, 3.62, 7.24),
                    decays(Stan.Decays::withAge, 1, 2.5, 10, 40, 100),
                    decays(Stan.Decays::withDistance, 0.45, 0.9, 1.81, 3.62, 7.24));

    private static final List<List<UnaryOperator<Stan.Settings>>> VSTAN =
            Stream.concat(
                            STAN.stream(),
                            Stream.of(
                                    decays(
                                            Stan.Decays::withMatch,
                                            0.45,
                                            1.81,
                                            7.24,
                                            Double.POSITIVE_INFINITY),
                                    steps(Stan.Settings::withIdf, 0, 0.2, 1, 5)))
                    .toList();

    private Baselines() {}

    private static List<UnaryOperator<Stan.Settings>> decays(
            BiFunction<Stan.Decays, Double, Stan.Decays> change, double... values) {
        return steps((own, value) -> own.decaying(change.apply(own.decays(), value)), values);
    }

    private static List<UnaryOperator<Stan.Settings>> steps(
            BiFunction<Stan.Settings, Double, Stan.Settings> change, double... values) {
        return Arrays.stream(values)
                .<UnaryOperator<Stan.Settings>>mapToObj(value -> own -> change.apply(own, value))
                .toList();
    }

    /**
     * An untrained baseline.
     *
     * @param settings its settings as text, and how they were chosen; empty if there are none
     */
    public record Chosen(Baseline baseline, String settings) {}

    /**
     * Returns the baselines of a stream in the order of the report, each with the settings that are
     * chosen for it. {@link Ease} takes part in a test of at most {@value Ease#MAX_ITEMS} items.
     *
     * @param test whether the first part of the stream is learned, then the rest ranked in turn; or
     *     else each interaction is ranked, then learned
     * @param items number of items of the whole data set, an upper bound of {@link
     *     FirstInteraction#item}
     * @param seed seed of the initial vectors of {@link ImplicitAls}
     */
    public static List<Chosen> ofStream(boolean test, int items, SettingsChoice choice, long seed) {
        Retrained.Schedule schedule =
                test ? Retrained.Schedule.DAILY_IN_TEST : Retrained.Schedule.DAILY;
        List<Chosen> all = new ArrayList<>();
        all.add(choice.among(popularities(items)));
        all.add(withItsOwn(new Recency(items)));
        all.add(
                choice.among(
                        items <= ItemKnn.MAX_ITEMS
                                ? itemKnns(items)
                                : grid(
                                        NONE,
                                        SHRINKAGES,
                                        (none, shrinkage) ->
                                                new Retrained(
                                                        NearestItems.cosine(200, shrinkage),
                                                        schedule))));
        all.add(choice.among(vsKnns(items)));
        all.add(choice.stepwise(Stan.Settings.STAN, STAN, own -> new Stan(items, own)));
        all.add(choice.stepwise(Stan.Settings.VSTAN, VSTAN, own -> new Stan(items, own)));
        if (test) {
            all.add(
                    choice.among(
                            grid(
                                    new double[] {0.6, 1, 1.4},
                                    new double[] {0, 0.3, 0.6, 0.9},
                                    (alpha, beta) ->
                                            new Retrained(
                                                    NearestItems.walks(500, alpha, beta),
                                                    schedule))));
        }
        if (test && items <= Ease.MAX_ITEMS) {
            all.add(
                    choice.among(
                            grid(
                                    NONE,
                                    new double[] {20, 100, 500},
                                    (none, regularization) ->
                                            new Retrained(
                                                    new Ease(regularization),
                                                    Retrained.Schedule.BEFORE_TEST))));
        }
        all.add(choice.among(factorizations(test, schedule, seed)));
        return all;
    }

    /**
     * Returns the baselines of the split protocol, in which pairs without an order are learned,
     * then other pairs of the same people ranked. The settings were chosen on a validation part of
     * Gowalla's train lines (one in ten of each person's pairs), see docs/evaluation.md.
     */
    public static List<Chosen> ofSplit(int items, long seed) {
        ImplicitAls.Settings als = new ImplicitAls.Settings(64, 0.01, 0.005, 1, 10, 1);
        return Stream.of(
                        DecayedPopularity.undecayed(items),
                        whenAsked(NearestItems.cosine(500, 20)),
                        whenAsked(NearestItems.walks(500, 0.6, 0.3)),
                        whenAsked(new ImplicitAls(als, seed)))
                .map(Baselines::withItsOwn)
                .toList();
    }

    private static Baseline whenAsked(Retrained.Batch method) {
        return new Retrained(method, Retrained.Schedule.WHEN_ASKED);
    }

    private static Chosen withItsOwn(Baseline baseline) {
        return new Chosen(baseline, baseline.settings());
    }

    /** Returns a variant for each pair of two settings. */
    private static List<Supplier<Baseline>> grid(
            double[] ones, double[] others, BiFunction<Double, Double, Baseline> make) {
        List<Supplier<Baseline>> variants = new ArrayList<>();
        for (double one : ones) {
            for (double other : others) {
                variants.add(() -> make.apply(one, other));
            }
        }
        return variants;
    }

    private static List<Supplier<Baseline>> popularities(int items) {
        List<Supplier<Baseline>> variants = new ArrayList<>();
        for (int minutes : new int[] {30, 60, 180, 360, 1_440, 4_320, 14_400, 43_200}) {
            variants.add(() -> DecayedPopularity.over(items, Duration.ofMinutes(minutes)));
        }
        variants.add(() -> DecayedPopularity.undecayed(items));
        return variants;
    }

    private static List<Supplier<Baseline>> itemKnns(int items) {
        return grid(
                new double[] {Histories.MAX_ITEMS, 100, 30, 10, 5, 3, 2, 1},
                SHRINKAGES,
                (window, shrinkage) -> new ItemKnn(items, window.intValue(), shrinkage));
    }

    private static List<Supplier<Baseline>> vsKnns(int items) {
        List<Supplier<Baseline>> variants = new ArrayList<>();
        for (UserBaskets.Unit unit : UserBaskets.Unit.values()) {
            for (int window : new int[] {1, 2, 3, 5, 10, 30}) {
                variants.add(() -> new VsKnn(items, unit, window, 1_000, 100, false, 0));
                variants.add(() -> new VsKnn(items, unit, window, 5_000, 500, false, 0));
                variants.add(() -> new VsKnn(items, unit, window, 1_000, 100, true, 1));
            }
        }
        return variants;
    }

    private static List<Supplier<Baseline>> factorizations(
            boolean test, Retrained.Schedule schedule, long seed) {
        return grid(
                test ? new double[] {1, 0.1, 0.01} : new double[] {3, 1, 0.3, 0.1, 0.03},
                test ? new double[] {0.03, 0.003} : new double[] {0.03, 0.01, 0.003, 0.001},
                (unobserved, regularization) -> {
                    ImplicitAls.Settings settings =
                            new ImplicitAls.Settings(
                                    DIMENSIONS, unobserved, regularization, 1, SWEEPS, 1);
                    return new Retrained(new ImplicitAls(settings, seed), schedule);
                });
    }
}
