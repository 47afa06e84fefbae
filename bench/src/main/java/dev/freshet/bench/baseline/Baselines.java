package dev.freshet.bench.baseline;

import dev.freshet.bench.evaluate.Baseline;
import dev.freshet.bench.evaluate.BaselineSet;
import dev.freshet.bench.evaluate.FirstInteraction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

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

    private static final int DIMENSIONS = 32;
    private static final int SWEEPS = 16;

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
                choice.among(factorizations(seed)));
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
