package dev.freshet.model;

import dev.freshet.model.blend.BlendState;

/** {@link FixedWeights} as what the learned blend starts from. */
@SuppressWarnings("EnumOrdinal") // rows and sources stand in this order
final class StartingWeights {
    static final BlendState BLEND = blend();

    private StartingWeights() {}

    private static BlendState blend() {
        Situation[] situations = Situation.values();
        float[][] weights = new float[situations.length][Signal.COUNT];
        for (Situation situation : situations) {
            FixedWeights.of(situation)
                    .forEach(
                            (signal, weight) -> weights[situation.ordinal()][signal.at()] = weight);
        }
        int[] sourceOf = new int[Signal.COUNT];
        for (Signal signal : Signal.values()) {
            sourceOf[signal.at()] = signal.source().ordinal();
        }
        return BlendState.initial(weights, sourceOf);
    }
}
