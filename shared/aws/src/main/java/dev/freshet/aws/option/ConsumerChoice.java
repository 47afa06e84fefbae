package dev.freshet.aws.option;

/** What reads the streams. */
public enum ConsumerChoice {
    /** The Lambda functions, which cost nothing while there are no records. */
    FUNCTIONS,
    /** The worker on Fargate, which always runs and costs less under steady load. */
    WORKER
}
