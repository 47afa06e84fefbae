package dev.freshet.aws.option;

/** The purpose of a stack, which decides how its state is protected by default. */
public enum Stage {
    /** A stack for trying things: no state outlives it, and none is protected. */
    DEV,
    /** A stack that serves users: its state is protected and outlives it. */
    PROD
}
