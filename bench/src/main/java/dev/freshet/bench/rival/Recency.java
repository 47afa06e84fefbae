package dev.freshet.bench.rival;

import dev.freshet.bench.evaluate.Baseline;
import dev.freshet.bench.evaluate.FirstInteraction;
import java.util.Arrays;

/** What was met last, by anybody, stands first. Learning O(1), scoring O(items). */
final class Recency implements Baseline {
    /** An item without an event: a thousand years ago. */
    private static final double NEVER = -3.2e10;

    /** Seconds of the epoch. */
    private final double[] last;

    Recency(int items) {
        last = new double[items];
        Arrays.fill(last, Double.NaN);
    }

    @Override
    public String name() {
        return "recency";
    }

    @Override
    public String settings() {
        return "time since the item's last event";
    }

    @Override
    public void score(FirstInteraction asked, float[] scores) {
        double now = asked.at().toEpochMilli() / 1e3;
        for (int item = 0; item < scores.length; item++) {
            scores[item] = (float) (Double.isNaN(last[item]) ? NEVER : last[item] - now);
        }
    }

    @Override
    public void learn(FirstInteraction interaction) {
        if (Interest.in(interaction)) {
            last[interaction.item()] = interaction.at().toEpochMilli() / 1e3;
        }
    }
}
