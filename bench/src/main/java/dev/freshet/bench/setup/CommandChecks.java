package dev.freshet.bench.setup;

import dev.freshet.cli.CommandException;

/** What options may not be. */
public final class CommandChecks {

    private CommandChecks() {}

    /** Refuses a number that lies outside, bounds included. */
    public static void unlessBetween(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new CommandException(option + " must be between " + least + " and " + most + ".");
        }
    }
}
