package dev.freshet.aws.option;

/** Which alarms a stack has. */
public enum AlarmChoice {
    /**
     * One alarm for each way in which users or the owner would lose something: records that wait or
     * are given up, requests that fail, credentials that are tried.
     */
    ESSENTIAL,
    /** Also an alarm for each function and store, which says sooner where the cause is. */
    ALL
}
