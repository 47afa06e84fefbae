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

    /** What is learned and ranked, and in which order. */
    public enum Protocol {
        /** Each interaction of a stream is ranked, then learned. */
        STREAM,
        /** The first part of a stream is learned, then the rest ranked in turn. */
        TEST,
        /** Pairs without an order are learned, then other pairs of the same people ranked. */
        SPLIT
    }

    /**
     * What an evaluation tells the baselines, so that each can choose its settings.
     *
     * @param learned interactions in time order on which settings may be chosen: those before the
     *     test, or the whole stream, of which only the first three tenths are read; none in a split
     * @param items number of items of the whole data set, an upper bound of {@link
     *     FirstInteraction#item}
     * @param repeats whether items with which a person has interacted are ranked again
     * @param frozen whether nothing is learned during the test but the histories of people
     * @param sessions whether a person is a session, whose first interaction is not ranked
     */
    public record Setup(
            Protocol protocol,
            List<FirstInteraction> learned,
            int items,
            boolean repeats,
            boolean frozen,
            boolean sessions) {}

    /**
     * An untrained baseline.
     *
     * @param settings its settings as text, and how they were chosen; empty if there are none
     */
    public record Chosen(Baseline baseline, String settings) {}

    /**
     * Returns the baselines of a protocol in the order of the report, each with the settings that
     * are best on data that is not reported ({@link SettingsChoice}). {@link Ease} takes part in a
     * test of at most {@value Ease#MAX_ITEMS} items.
     *
     * @param seed seed of the initial vectors of {@link ImplicitAls}
     */
    public static List<Chosen> of(Setup setup, long seed) {
        int items = setup.items();
        if (setup.protocol() == Protocol.SPLIT) {
            return ofSplit(items, seed);
        }
        boolean test = setup.protocol() == Protocol.TEST;
        Retrained.Schedule schedule =
                test ? Retrained.Schedule.DAILY_IN_TEST : Retrained.Schedule.DAILY;
        SettingsChoice choice = new SettingsChoice(setup);
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
                                                        new ItemNeighbours(200, shrinkage),
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
                                                    new RandomWalk(500, alpha, beta), schedule))));
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
     * Returns the baselines of the split protocol. The settings were chosen on a validation part of
     * Gowalla's train lines (one in ten of each person's pairs), see docs/evaluation.md.
     */
    private static List<Chosen> ofSplit(int items, long seed) {
        ImplicitAls.Settings als = new ImplicitAls.Settings(64, 0.01, 0.005, 1, 10, 1);
        return Stream.of(
                        DecayedPopularity.undecayed(items),
                        whenAsked(new ItemNeighbours(500, 20)),
                        whenAsked(new RandomWalk(500, 0.6, 0.3)),
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
