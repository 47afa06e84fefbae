package dev.freshet.demo.chaos;

import java.util.concurrent.atomic.LongAdder;

/**
 * Whether the process that answers HTTP is there, and how many recommendations were asked and
 * answered while it was. A question under way when it was killed counts as asked while it was away.
 */
public final class Uptime {
    private final LongAdder asked = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder degraded = new LongAdder();
    private final LongAdder askedWhileAway = new LongAdder();
    private volatile long life = 1;

    /** The number of its present life, negative while it is away: to be given with the outcome. */
    public long life() {
        return life;
    }

    void away() {
        life = -Math.abs(life);
    }

    void back() {
        life = Math.abs(life) + 1;
    }

    /**
     * Counts one recommendation asked.
     *
     * @param begun the life when it was asked
     * @param ok whether an answer came, degraded or not
     */
    public void asked(long begun, boolean ok, boolean degradedAnswer) {
        if (ok) {
            asked.increment();
            answered.increment();
            if (degradedAnswer) {
                degraded.increment();
            }
        } else if (begun > 0 && begun == life) {
            asked.increment();
        } else {
            askedWhileAway.increment();
        }
    }

    /** The counts so far. */
    public Counts counts() {
        return new Counts(asked.sum(), answered.sum(), degraded.sum(), askedWhileAway.sum());
    }

    /**
     * Recommendations.
     *
     * @param asked while the process was there
     * @param answered of those, degraded ones included
     * @param askedWhileAway and not answered
     */
    public record Counts(long asked, long answered, long degraded, long askedWhileAway) {
        public double share() {
            return asked == 0 ? 0 : (double) answered / asked;
        }
    }
}
