package dev.freshet.bench.baseline;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Matrix factorization of implicit feedback by alternating least squares: Hu, Koren and Volinsky,
 * "Collaborative Filtering for Implicit Feedback Datasets" (ICDM 2008), with the loss, the scaling
 * of the regularization and the initialization recommended by Rendle, Krichene, Zhang and Koren,
 * "Revisiting the Performance of iALS on Item Recommendation Benchmarks" (RecSys 2022, §3 and §4):
 *
 * <p>Σ over observed pairs (1 − ŷ)² + α₀ Σ over all pairs ŷ² + λ Σ over people (|observed items| +
 * α₀ |items|)^ν ‖w‖² + the corresponding sum over items.
 *
 * <p>A person's vector is computed from the history at the time of scoring (fold-in) and not
 * stored, so a warm start of the training uses the items' vectors only. A sweep costs O(entries ·
 * d² + (people + items) · d³), scoring O(history · d² + d³ + items · d).
 */
final class ImplicitAls implements Retrained.Batch {
    /** Score of an item without a vector: finite, and below that of any item with one. */
    private static final float UNKNOWN = -1e30f;

    /**
     * Norm below which a vector carries no information; initial vectors have a norm of about 0.1.
     */
    private static final double VANISHED = 1e-6;

    private final Settings settings;
    private final long seed;
    private double[][] vectors = new double[0][];

    /** Items' vectors as of the last training: [dimension][item]. */
    private float[][] learned = new float[0][];

    private RidgeSystem person;
    private boolean warm;

    /**
     * Settings that are chosen by validation.
     *
     * @param dimensions dimension of the vectors, from 1
     * @param unobserved α₀, above 0: weight of an unobserved pair
     * @param regularization λ, above 0
     * @param frequencyExponent ν: 1 regularizes in proportion to the data, 0 uniformly
     * @param sweeps number of sweeps of the first training
     * @param warmSweeps number of sweeps of each later training
     */
    record Settings(
            int dimensions,
            double unobserved,
            double regularization,
            double frequencyExponent,
            int sweeps,
            int warmSweeps) {
        Settings {
            if (dimensions < 1 || sweeps < 1 || warmSweeps < 1) {
                throw new IllegalArgumentException("dimensions and sweeps must be at least 1");
            }
            if (!(unobserved > 0) || !(regularization > 0)) {
                throw new IllegalArgumentException("both weights must be above 0");
            }
        }

        String text() {
            return "d=%d, α₀=%s, λ=%s, ν=%s, %d sweeps, then %d"
                    .formatted(
                            dimensions,
                            unobserved,
                            regularization,
                            frequencyExponent,
                            sweeps,
                            warmSweeps);
        }
    }

    ImplicitAls(Settings settings, long seed) {
        this.settings = settings;
        this.seed = seed;
        person = new RidgeSystem(settings.dimensions(), settings.unobserved());
    }

    @Override
    public void train(Histories people, int items) {
        int[][] holders = people.holders(items);
        growTo(items);
        double[][] owners = new double[people.owners()][settings.dimensions()];
        int sweeps = warm ? settings.warmSweeps() : settings.sweeps();
        for (int sweep = 0; sweep < sweeps; sweep++) {
            solvePeople(people, owners);
            solveItems(holders, owners);
        }
        warm = true;
        person = systemOver(vectors);
        learned = byDimension();
    }

    private void solvePeople(Histories people, double[][] owners) {
        RidgeSystem system = systemOver(vectors);
        for (int owner = 0; owner < owners.length; owner++) {
            foldIn(system, people.items(owner), owners[owner]);
        }
    }

    private void foldIn(RidgeSystem system, int[] history, double[] into) {
        system.begin();
        int known = 0;
        for (int item : history) {
            if (item < vectors.length) {
                system.add(vectors[item]);
                known++;
            }
        }
        system.solve(penalty(known, vectors.length), into);
    }

    private void solveItems(int[][] holders, double[][] owners) {
        RidgeSystem system = systemOver(owners);
        for (int item = 0; item < vectors.length; item++) {
            system.begin();
            for (int owner : holders[item]) {
                system.add(owners[owner]);
            }
            system.solve(penalty(holders[item].length, owners.length), vectors[item]);
        }
    }

    /** Returns λ (observed + α₀ all)^ν. */
    private double penalty(int interactions, int all) {
        double frequency = interactions + settings.unobserved() * all;
        return settings.regularization() * Math.pow(frequency, settings.frequencyExponent());
    }

    private RidgeSystem systemOver(double[][] rows) {
        RidgeSystem system = new RidgeSystem(settings.dimensions(), settings.unobserved());
        system.everywhere(rows);
        return system;
    }

    /**
     * Initializes the vectors of new items at random, and of those that a strong regularization has
     * driven to zero, from which no sweep would recover.
     */
    private void growTo(int items) {
        int before = vectors.length;
        vectors = Arrays.copyOf(vectors, items);
        for (int item = 0; item < items; item++) {
            if (item >= before || hasVanished(vectors[item])) {
                vectors[item] = initial(item);
            }
        }
    }

    private static boolean hasVanished(double[] vector) {
        double square = 0;
        for (double value : vector) {
            square += value * value;
        }
        return square < VANISHED * VANISHED;
    }

    /** Returns a small random vector that depends on the item's number: N(0, 0.1² / d). */
    private double[] initial(int item) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + item);
        double spread = 0.1 / Math.sqrt(settings.dimensions());
        double[] vector = new double[settings.dimensions()];
        for (int d = 0; d < vector.length; d++) {
            vector[d] = spread * random.nextGaussian();
        }
        return vector;
    }

    private float[][] byDimension() {
        float[][] turned = new float[settings.dimensions()][vectors.length];
        for (int item = 0; item < vectors.length; item++) {
            for (int d = 0; d < turned.length; d++) {
                turned[d][item] = (float) vectors[item][d];
            }
        }
        return turned;
    }

    @Override
    public void score(int[] history, float[] scores) {
        double[] vector = new double[settings.dimensions()];
        foldIn(person, history, vector);
        int known = Math.min(vectors.length, scores.length);
        Arrays.fill(scores, 0, known, 0);
        Arrays.fill(scores, known, scores.length, UNKNOWN);
        for (int d = 0; d < learned.length; d++) {
            float weight = (float) vector[d];
            float[] row = learned[d];
            for (int item = 0; item < known; item++) {
                scores[item] += weight * row[item];
            }
        }
    }
}
