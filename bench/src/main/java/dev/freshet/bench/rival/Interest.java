package dev.freshet.bench.rival;

import dev.freshet.bench.evaluate.FirstInteraction;

/** What counts as interest for a method that knows no degrees. */
final class Interest {
    private Interest() {}

    /** Whether the meeting is learned: all but lists shown and what says "do not want it". */
    static boolean in(FirstInteraction interaction) {
        return switch (interaction.type()) {
            case IMPRESSION, DISLIKE, HIDE -> false;
            default -> true;
        };
    }
}
