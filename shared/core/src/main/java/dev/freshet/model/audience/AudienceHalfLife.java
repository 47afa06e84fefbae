package dev.freshet.model.audience;

/** The half-lives at which showings of items and clicks on them are summed. */
public enum AudienceHalfLife {
    DAY(86_400),
    FORTNIGHT(1_209_600);

    /** Half-lives after which what was added is left as it was, so that factors stay finite. */
    private static final int MOST = 60;

    private final int seconds;

    AudienceHalfLife(int seconds) {
        this.seconds = seconds;
    }

    /** Returns the index of this half-life, shortest first. */
    @SuppressWarnings("EnumOrdinal") // the order is part of the format
    int at() {
        return ordinal();
    }

    /** Returns the weight, at one time, of something at another: 2^((then − at) / half-life). */
    double weight(long then, long at) {
        double halfLives = Math.clamp((double) (then - at) / seconds, -MOST, MOST);
        return halfLives == 0 ? 1 : StrictMath.exp(halfLives * StrictMath.log(2));
    }
}
