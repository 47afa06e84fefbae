package dev.freshet.aws.option;

/** How long the streams keep their records. */
public enum StreamRetention {
    /** A day, lengthened to a week while records wait. */
    DAY,
    /** Always a week. */
    WEEK
}
