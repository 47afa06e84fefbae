package dev.freshet.model.signal;

import dev.freshet.model.blend.BlendState;
import dev.freshet.model.history.HistoryLength;
import java.util.List;
import java.util.Map;

/**
 * What the learned blend starts from and is drawn back to: thin, medium, long. Set by hand: signs
 * by reasoning, sizes by a coarse search over two worlds at once, readers of a made-up newspaper
 * and the first three tenths of DeskDrop in time order, with room left for sites like neither. What
 * was reasoned: lately counts more than ever did; an item ages by the hour at first and by the day
 * later; an item nobody met is given the benefit of the doubt; what a reader likes counts more than
 * what all read, and more so the longer the history; a follow is worth nearly three times the odds.
 */
public final class StartingWeights {
    private static final List<Map.Entry<Signal, float[]>> TABLE =
            List.of(
                    Map.entry(Signal.ROOT_HALF_HOUR, new float[] {0.2f, 0.2f, 0.2f}),
                    Map.entry(Signal.LOG_TWO_HOURS, new float[] {0.2f, 0.2f, 0.2f}),
                    Map.entry(Signal.LOG_THREE_DAYS, new float[] {0.05f, 0.05f, 0.05f}),
                    Map.entry(Signal.LOG_COUNTRY_LONG, new float[] {0.05f, 0.05f, 0.05f}),
                    Map.entry(Signal.LOG_AGE, new float[] {-0.2f, -0.2f, -0.2f}),
                    Map.entry(Signal.AGE_DAYS, new float[] {-0.3f, -0.3f, -0.25f}),
                    Map.entry(Signal.LOG_IDLE, new float[] {-0.4f, -0.4f, -0.4f}),
                    Map.entry(Signal.NO_EVENTS, new float[] {0.8f, 0.8f, 0.6f}),
                    Map.entry(Signal.LOG_CO_OCCURRENCE, new float[] {0.3f, 0.3f, 0.35f}),
                    Map.entry(Signal.ROOT_CO_OCCURRENCE, new float[] {0.3f, 0.3f, 0.4f}),
                    Map.entry(Signal.NEXT, new float[] {0.3f, 0.3f, 0.3f}),
                    Map.entry(Signal.CONTENT, new float[] {3f, 3.5f, 3.5f}),
                    Map.entry(Signal.TAGS, new float[] {1.5f, 1.5f, 1.5f}),
                    Map.entry(Signal.AUTHOR, new float[] {0.4f, 0.5f, 0.6f}),
                    Map.entry(Signal.FOLLOWED, new float[] {1f, 1f, 1f}));

    public static final BlendState BLEND = blend();

    private StartingWeights() {}

    private static BlendState blend() {
        HistoryLength[] situations = HistoryLength.values();
        float[][] weights = new float[situations.length][Signal.COUNT];
        TABLE.forEach(
                row -> {
                    for (int history = 0; history < situations.length; history++) {
                        weights[history][row.getKey().at()] = row.getValue()[history];
                    }
                });
        int[] sourceOf = new int[Signal.COUNT];
        for (Signal signal : Signal.values()) {
            sourceOf[signal.at()] = signal.source().at();
        }
        return BlendState.initial(weights, sourceOf);
    }
}
