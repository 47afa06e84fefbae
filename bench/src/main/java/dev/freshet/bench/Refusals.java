package dev.freshet.bench;

import dev.freshet.cli.Refusal;

/** What options may not be. */
final class Refusals {

    private Refusals() {}

    /** Refuses a number that lies outside, bounds included. */
    static void unlessBetween(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new Refusal(option + " must be between " + least + " and " + most + ".");
        }
    }
}
