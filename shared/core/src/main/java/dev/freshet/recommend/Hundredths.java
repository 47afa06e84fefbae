package dev.freshet.recommend;

import java.util.Arrays;

/** Rounds shares of a whole to hundredths that sum to it. */
final class Hundredths {
    private static final int WHOLE = 100;

    private Hundredths() {}

    /**
     * Returns shares in hundredths, each at least one: the method of largest remainders. What the
     * least share adds is taken from the largest, so that shares that fall still do.
     *
     * @param shares greater than 0, largest first, at most 100, with a sum of one
     */
    static double[] of(double[] shares) {
        int[] steps = new int[shares.length];
        double[] remainders = new double[shares.length];
        int sum = 0;
        for (int at = 0; at < shares.length; at++) {
            steps[at] = Math.max(1, (int) Math.floor(shares[at] * WHOLE));
            remainders[at] = shares[at] * WHOLE - steps[at];
            sum += steps[at];
        }
        for (; sum < WHOLE && shares.length > 0; sum++) {
            int most = first(remainders);
            steps[most]++;
            remainders[most]--;
        }
        for (; sum > WHOLE; sum--) {
            steps[lastOfTheLargest(steps)]--;
        }
        return Arrays.stream(steps).mapToDouble(step -> (double) step / WHOLE).toArray();
    }

    private static int first(double[] remainders) {
        int most = 0;
        for (int at = 1; at < remainders.length; at++) {
            most = remainders[at] > remainders[most] ? at : most;
        }
        return most;
    }

    private static int lastOfTheLargest(int[] steps) {
        int last = 0;
        while (last + 1 < steps.length && steps[last + 1] == steps[last]) {
            last++;
        }
        return last;
    }
}
