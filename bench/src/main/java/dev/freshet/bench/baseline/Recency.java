package dev.freshet.bench.baseline;

import java.util.Arrays;

/** Ranking by the time since the item's last event. Learning costs O(1), scoring O(items). */
final class Recency implements Baseline {
    /** Score of an item without an event: minus a thousand years in seconds. */
    private static final double NEVER = -3.2e10;

    /** Time of the last event by item, in seconds since the epoch. */
    private final double[] last;

    Recency(int items) {
        last = new double[items];
        Arrays.fill(last, Double.NaN);
    }

    @Override
    public void score(FirstInteraction request, float[] scores) {
        double now = request.at().toEpochMilli() / 1e3;
        for (int item = 0; item < scores.length; item++) {
            scores[item] = (float) (Double.isNaN(last[item]) ? NEVER : last[item] - now);
        }
    }

    @Override
    public void learn(FirstInteraction interaction) {
        last[interaction.item()] = interaction.at().toEpochMilli() / 1e3;
    }
}
