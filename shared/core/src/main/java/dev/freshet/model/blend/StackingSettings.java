package dev.freshet.model.blend;

/**
 * The learning rates of {@link Stacking}. Signals are measured in units of their spread.
 *
 * @param rate length of a step where the sum of squared gradients is 1
 * @param offsetRate step length of the offsets by device, hour, session and age, as a share of
 *     {@code rate}
 * @param keep factor of the sums at each step: 1 − 1/n remembers about n steps
 * @param firstSum initial value of the sums, which keeps the first steps short
 * @param pull share of the distance between a weight and its initial value that each step removes
 * @param offsetPull share of an offset that each step removes
 * @param follow rate at which spreads follow
 * @param bound largest distance of a weight from its initial value, and largest offset, in log odds
 *     per unit of {@link Stacking}; on DeskDrop no weight is further than 0.4
 * @param threshold length of a step of the log odds at which a shown item is taken as often as not
 * @param warmUp number of choices over which the rate rises to its value, while spreads are
 *     measured
 */
public record StackingSettings(
        double rate,
        double offsetRate,
        double keep,
        double firstSum,
        double pull,
        double offsetPull,
        double follow,
        double bound,
        double threshold,
        int warmUp) {
    /** The settings of the blend. */
    public static final StackingSettings DEFAULT =
            new StackingSettings(0.1, 0.3, 1 - 1.0 / 10_000, 100, 1e-4, 1e-4, 0.002, 3, 0.02, 200);

    public StackingSettings {
        if (!(rate > 0
                && offsetRate >= 0
                && keep > 0
                && keep <= 1
                && firstSum >= 0
                && pull >= 0
                && pull < 1
                && offsetPull >= 0
                && offsetPull < 1
                && follow > 0
                && follow <= 1
                && bound > 0
                && threshold > 0
                && warmUp >= 1)) {
            throw new IllegalArgumentException("a learning rate of the blend is out of range");
        }
    }
}
