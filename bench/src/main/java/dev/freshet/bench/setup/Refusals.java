package dev.freshet.bench.setup;

import dev.freshet.cli.Refusal;

/** What options may not be. */
public final class Refusals {

    private Refusals() {}

    /** Refuses a number that lies outside, bounds included. */
    public static void unlessBetween(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new Refusal(option + " must be between " + least + " and " + most + ".");
        }
    }
}
