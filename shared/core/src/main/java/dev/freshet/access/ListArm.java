package dev.freshet.access;

/**
 * The arm of an experiment in which a list was made.
 *
 * @param experiment its id
 * @param salt of the experiment's phase
 * @param arm its id, unique in the experiment
 */
public record ListArm(String experiment, String salt, String arm) {
    /** Most arms of a list, each of another experiment. */
    public static final int MAX = 8;

    /** Returns the name under which outcomes of the arm are summed and asked for. */
    public String label() {
        return experiment + ":" + arm;
    }
}
