package dev.freshet.model.blend;

/**
 * How fast {@link Stacking} learns; signals are meant in units of their spread.
 *
 * @param rate length of a step where the sum of squared slopes is 1
 * @param offsetRate the same of offsets by device, hour, sitting and age, as a share of it
 * @param keep what is kept of the sums at each step: 1 − 1/n remembers about n steps
 * @param firstSum what sums start from: keeps the first steps short
 * @param pull what each step takes off the distance to where a weight started
 * @param offsetPull the same of offsets
 * @param follow how fast spreads follow
 * @param warmUp choices over which the rate rises to what it is: the first ones measure spreads
 */
public record StackingSettings(
        double rate,
        double offsetRate,
        double keep,
        double firstSum,
        double pull,
        double offsetPull,
        double follow,
        int warmUp) {
    public static final StackingSettings DEFAULT =
            new StackingSettings(0.1, 0.3, 1 - 1.0 / 10_000, 100, 1e-4, 1e-4, 0.002, 200);

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
                && warmUp >= 1)) {
            throw new IllegalArgumentException("settings of stacking out of range");
        }
    }
}
