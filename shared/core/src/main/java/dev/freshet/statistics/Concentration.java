package dev.freshet.statistics;

import java.util.Arrays;

/** How unevenly an amount is spread. */
public final class Concentration {
    private Concentration() {}

    /**
     * Returns the Gini coefficient: 0 where all have as much, near 1 where one has everything.
     *
     * @param amounts each at least 0
     * @return 0 where there is nothing
     */
    public static double gini(double[] amounts) {
        double[] rising = amounts.clone();
        Arrays.sort(rising);
        double sum = 0;
        double weighted = 0;
        for (int at = 0; at < rising.length; at++) {
            sum += rising[at];
            weighted += (at + 1.0) * rising[at];
        }
        int n = rising.length;
        return sum == 0 ? 0 : Math.max(0, 2 * weighted / (n * sum) - (n + 1.0) / n);
    }

    /**
     * Returns the share of the whole that the largest have.
     *
     * @param part of the amounts that are among the largest; rounded up, so at least one
     * @return 0 where there is nothing
     */
    public static double topShare(double[] amounts, double part) {
        double[] rising = amounts.clone();
        Arrays.sort(rising);
        int top = Math.toIntExact((long) Math.ceil(part * rising.length));
        double sum = 0;
        double ofTop = 0;
        for (int at = 0; at < rising.length; at++) {
            sum += rising[at];
            ofTop += at >= rising.length - top ? rising[at] : 0;
        }
        return sum == 0 ? 0 : ofTop / sum;
    }
}
