package dev.freshet.bench.baseline;

import dev.freshet.bench.evaluate.FirstInteraction;

/** Selection of interactions for methods that learn from binary feedback. */
final class Interest {
    private Interest() {}

    /** Returns whether the interaction is learned: all except impressions and negative feedback. */
    static boolean in(FirstInteraction interaction) {
        return switch (interaction.type()) {
            case IMPRESSION, DISLIKE, HIDE -> false;
            default -> true;
        };
    }
}
