package dev.freshet.privacy;

import java.time.Duration;

/**
 * How often the files of the lake that hold rows of erased users are rewritten.
 *
 * <p>The rows themselves are deleted in the first night that begins {@link LakeProgress#LANDING}
 * after the erasure, which is 27 hours later at the latest. The files are rewritten in that night
 * or, at most six days later, in the weekly one. The night after that removes the snapshots that
 * name the older files, a day after they were rewritten.
 */
public enum LakePurge {
    WEEKLY(10),
    DAILY(3);

    private final int days;

    LakePurge(int days) {
        this.days = days;
    }

    /**
     * Returns the days after an erasure from which on no file of the lake holds a row of the user,
     * if no night fails.
     */
    public int days() {
        return days;
    }

    Duration period() {
        return Duration.ofDays(days);
    }
}
