package dev.freshet.bench.rival;

import dev.freshet.bench.evaluate.Meeting;

/** What counts as interest for a method that knows no degrees. */
final class Interest {
    private Interest() {}

    /** Whether the meeting is learned: all but lists shown and what says "do not want it". */
    static boolean in(Meeting meeting) {
        return switch (meeting.type()) {
            case IMPRESSION, DISLIKE, HIDE -> false;
            default -> true;
        };
    }
}
