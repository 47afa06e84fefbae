package dev.freshet.bench.setup;

import dev.freshet.cli.CommandException;

/** Validation of command-line options. */
public final class CommandChecks {

    private CommandChecks() {}

    /** Throws an exception if a number is outside the bounds, which are inclusive. */
    public static void unlessBetween(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new CommandException(option + " must be between " + least + " and " + most + ".");
        }
    }
}
