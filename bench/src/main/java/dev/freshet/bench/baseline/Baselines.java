package dev.freshet.bench.baseline;

import dev.freshet.bench.baseline.Retrained.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
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
     * @param name name in tables and in JSON, such as {@code item-knn}
     * @param settings its settings as text, such as {@code half-life 6 h}, and how they were chosen
     */
    public record Chosen(String name, String settings, Baseline baseline) {}

    /**
     * Settings of a baseline.
     *
     * @param settings the settings as text
     * @param make returns an untrained baseline
     */
    record Variant(String settings, Supplier<Baseline> make) {
        Chosen as(String name) {
            return new Chosen(name, settings, make.get());
        }
    }

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
        Schedule schedule = test ? Schedule.DAILY_IN_TEST : Schedule.DAILY;
        Function<Stan.Settings, Variant> stan =
                own -> new Variant(own.text(), () -> new Stan(items, own));
        List<Chosen> all = new ArrayList<>();
        all.add(choice.among("popularity", popularities(items)));
        all.add(new Chosen("recency", "time since the item's last event", new Recency(items)));
        all.add(
                choice.among(
                        "item-knn",
                        items <= ItemKnn.MAX_ITEMS
                                ? itemKnns(items)
                                : grid(
                                        NONE,
                                        SHRINKAGES,
                                        (none, shrinkage) -> cosine(200, shrinkage, schedule))));
        all.add(choice.among("vs-knn", vsKnns(items)));
        all.add(choice.stepwise("stan", Stan.Settings.STAN, STAN, stan));
        all.add(choice.stepwise("vstan", Stan.Settings.VSTAN, VSTAN, stan));
        if (test) {
            all.add(
                    choice.among(
                            "rp3beta",
                            grid(
                                    new double[] {0.6, 1, 1.4},
                                    new double[] {0, 0.3, 0.6, 0.9},
                                    (alpha, beta) -> walks(alpha, beta, schedule))));
        }
        if (test && items <= Ease.MAX_ITEMS) {
            all.add(
                    choice.among(
                            "ease",
                            grid(
                                    NONE,
                                    new double[] {20, 100, 500},
                                    (none, regularization) ->
                                            retrained(
                                                    "λ " + regularization,
                                                    () -> new Ease(regularization),
                                                    Schedule.BEFORE_TEST))));
        }
        all.add(
                choice.among(
                        "ials",
                        grid(
                                test
                                        ? new double[] {1, 0.1, 0.01}
                                        : new double[] {3, 1, 0.3, 0.1, 0.03},
                                test
                                        ? new double[] {0.03, 0.003}
                                        : new double[] {0.03, 0.01, 0.003, 0.001},
                                (unobserved, regularization) ->
                                        factors(
                                                new ImplicitAls.Settings(
                                                        DIMENSIONS,
                                                        unobserved,
                                                        regularization,
                                                        1,
                                                        SWEEPS,
                                                        1),
                                                schedule,
                                                seed))));
        return all;
    }

    /**
     * Returns the baselines of the split protocol, in which pairs without an order are learned,
     * then other pairs of the same people ranked. The settings were chosen on a validation part of
     * Gowalla's train lines (one in ten of each person's pairs), see docs/evaluation.md.
     */
    public static List<Chosen> ofSplit(int items, long seed) {
        ImplicitAls.Settings als = new ImplicitAls.Settings(64, 0.01, 0.005, 1, 10, 1);
        return List.of(
                popularities(items).getLast().as("popularity"),
                cosine(500, 20, Schedule.WHEN_ASKED).as("item-knn"),
                walks(0.6, 0.3, Schedule.WHEN_ASKED).as("rp3beta"),
                factors(als, Schedule.WHEN_ASKED, seed).as("ials"));
    }

    private static Variant retrained(
            String settings, Supplier<Retrained.Batch> method, Schedule schedule) {
        return new Variant(
                settings + ", " + schedule.text(), () -> new Retrained(method.get(), schedule));
    }

    private static Variant cosine(int neighbours, double shrinkage, Schedule schedule) {
        return retrained(
                "cosine, %d neighbours, shrinkage %s".formatted(neighbours, shrinkage),
                () -> NearestItems.cosine(neighbours, shrinkage),
                schedule);
    }

    private static Variant walks(double alpha, double beta, Schedule schedule) {
        return retrained(
                "α %s, β %s, 500 items from each".formatted(alpha, beta),
                () -> NearestItems.walks(500, alpha, beta),
                schedule);
    }

    private static Variant factors(ImplicitAls.Settings settings, Schedule schedule, long seed) {
        return retrained(settings.text(), () -> new ImplicitAls(settings, seed), schedule);
    }

    /** Returns a variant for each pair of two settings. */
    private static List<Variant> grid(
            double[] ones, double[] others, BiFunction<Double, Double, Variant> make) {
        List<Variant> variants = new ArrayList<>();
        for (double one : ones) {
            for (double other : others) {
                variants.add(make.apply(one, other));
            }
        }
        return variants;
    }

    private static List<Variant> popularities(int items) {
        List<Variant> variants = new ArrayList<>();
        for (int minutes : new int[] {30, 60, 180, 360, 1_440, 4_320, 14_400, 43_200}) {
            String halfLife =
                    minutes % 1_440 == 0
                            ? minutes / 1_440 + " d"
                            : minutes % 60 == 0 ? minutes / 60 + " h" : minutes + " min";
            variants.add(
                    new Variant(
                            "half-life " + halfLife,
                            () -> new DecayedPopularity(items, 60.0 * minutes)));
        }
        variants.add(
                new Variant(
                        "all time", () -> new DecayedPopularity(items, Double.POSITIVE_INFINITY)));
        return variants;
    }

    private static List<Variant> itemKnns(int items) {
        return grid(
                new double[] {Histories.MAX_ITEMS, 100, 30, 10, 5, 3, 2, 1},
                SHRINKAGES,
                (window, shrinkage) ->
                        new Variant(
                                "cosine, last %.0f items, shrinkage %s"
                                        .formatted(window, shrinkage),
                                () -> new ItemKnn(items, window.intValue(), shrinkage)));
    }

    private static List<Variant> vsKnns(int items) {
        List<Variant> variants = new ArrayList<>();
        for (UserBaskets.Unit unit : UserBaskets.Unit.values()) {
            for (int window : new int[] {1, 2, 3, 5, 10, 30}) {
                String of =
                        "baskets are %s, last %d items, %%,d most recent, %%d nearest"
                                .formatted(unit.text(), window);
                variants.add(
                        new Variant(
                                of.formatted(1_000, 100),
                                () -> new VsKnn(items, unit, window, 1_000, 100, false, 0)));
                variants.add(
                        new Variant(
                                of.formatted(5_000, 500),
                                () -> new VsKnn(items, unit, window, 5_000, 500, false, 0)));
                variants.add(
                        new Variant(
                                of.formatted(1_000, 100) + ", by step, IDF 1.0",
                                () -> new VsKnn(items, unit, window, 1_000, 100, true, 1)));
            }
        }
        return variants;
    }
}
