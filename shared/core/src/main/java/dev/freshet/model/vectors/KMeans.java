package dev.freshet.model.vectors;

import java.util.Arrays;

/**
 * k-means by Lloyd's iterations over points of equal length, in fixed order, so that equal points
 * give equal centres on every processor. Centres are added greedily, as in k-means++ (Arthur,
 * Vassilvitskii 2007), from evenly spaced points instead of drawn ones: each next centre is the one
 * of {@value #TRIED} points that lowers the sum of squares most.
 *
 * <p>Cost: points × centres × dimensions an iteration, at most {@value #MAX_ITERATIONS} for each
 * centre that is added, and as much for each of the {@value #TRIED} points.
 */
final class KMeans {
    private static final int TRIED = 16;
    private static final int MAX_ITERATIONS = 20;
    private static final double LEAST_GAIN = 0.08;

    /** Centres with the index of each point's centre. */
    record Clusters(float[][] centres, int[] of, double squares) {}

    private final float[][] points;
    private final int dimensions;

    /**
     * Creates the algorithm over points.
     *
     * @param points at least one, of one length and in an order that does not depend on what they
     *     are near to
     */
    KMeans(float[][] points) {
        this.points = points;
        dimensions = points[0].length;
    }

    /**
     * Returns clusters that begin with these centres. Further ones are added as long as one more
     * lowers the sum of squares by {@value #LEAST_GAIN} of it, up to {@code most}. Both sums are
     * those that iterations reach: a centre beside the middle of its points would look like two.
     */
    Clusters grown(float[][] first, int most) {
        Clusters grown = from(first.length == 0 ? new float[][] {further(first, most)} : first);
        while (grown.centres.length < most) {
            float[][] more = Arrays.copyOf(grown.centres, grown.centres.length + 1);
            more[grown.centres.length] = further(grown.centres, most);
            Clusters further = from(more);
            if (further.squares > (1 - LEAST_GAIN) * grown.squares) {
                break;
            }
            grown = further;
        }
        return grown;
    }

    /** Returns the one of some points that lowers the sum of squares most as a further centre. */
    private float[] further(float[][] centres, int most) {
        double[] nearest = new double[points.length];
        Arrays.fill(nearest, Double.MAX_VALUE);
        for (float[] centre : centres) {
            lower(nearest, centre);
        }
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int one = 0; one < Math.min(TRIED, points.length); one++) {
            int tried =
                    (int)
                            (((long) one * most + centres.length)
                                    * points.length
                                    / ((long) TRIED * most));
            double left = lowered(nearest, points[tried]);
            if (left < least) {
                least = left;
                best = tried;
            }
        }
        return points[best];
    }

    /** Returns the clusters that iterations from these centres reach. */
    Clusters from(float[][] start) {
        float[][] centres = new float[start.length][];
        for (int at = 0; at < start.length; at++) {
            centres[at] = start[at].clone();
        }
        int[] of = assign(centres);
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            move(centres, of);
            int[] next = assign(centres);
            boolean settled = Arrays.equals(next, of);
            of = next;
            if (settled) {
                break;
            }
        }
        double squares = 0;
        for (int point = 0; point < points.length; point++) {
            squares += distance(points[point], centres[of[point]]);
        }
        return new Clusters(centres, of, squares);
    }

    /** Returns the index of the centre that is nearest to each point. */
    int[] assign(float[][] centres) {
        int[] of = new int[points.length];
        for (int point = 0; point < points.length; point++) {
            of[point] = nearest(points[point], centres);
        }
        return of;
    }

    /** Returns the index of the centre that is nearest to a point; of equal ones the first. */
    static int nearest(float[] point, float[][] centres) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int at = 0; at < centres.length; at++) {
            double distance = distance(point, centres[at]);
            if (distance < least) {
                least = distance;
                best = at;
            }
        }
        return best;
    }

    /** Moves each centre to the mean of its points; one without points stays. */
    private void move(float[][] centres, int[] of) {
        double[][] sums = new double[centres.length][dimensions];
        int[] sizes = new int[centres.length];
        for (int point = 0; point < points.length; point++) {
            sizes[of[point]]++;
            for (int at = 0; at < dimensions; at++) {
                sums[of[point]][at] += points[point][at];
            }
        }
        for (int centre = 0; centre < centres.length; centre++) {
            for (int at = 0; at < dimensions && sizes[centre] > 0; at++) {
                centres[centre][at] = (float) (sums[centre][at] / sizes[centre]);
            }
        }
    }

    private void lower(double[] nearest, float[] centre) {
        for (int point = 0; point < points.length; point++) {
            nearest[point] = Math.min(nearest[point], distance(points[point], centre));
        }
    }

    private double lowered(double[] nearest, float[] centre) {
        double sum = 0;
        for (int point = 0; point < points.length; point++) {
            sum += Math.min(nearest[point], distance(points[point], centre));
        }
        return sum;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int at = 0; at < a.length; at++) {
            double difference = (double) a[at] - b[at];
            sum += difference * difference;
        }
        return sum;
    }
}
