package dev.freshet.aws.option;

/** How often batch jobs run over the lake. */
public enum BatchRuns {
    /** On Mondays. */
    WEEKLY,
    DAILY
}
