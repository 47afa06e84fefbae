package dev.freshet.aws.option;

import java.util.List;
import java.util.Set;

/**
 * A value of a deployed stack that its next deployment would change.
 *
 * @param option the name of the option
 * @param from the deployed value
 * @param to the next value
 * @param oneWay whether something is lost that the former value does not bring back
 * @param means sentences about what the change costs; empty if it costs nothing
 */
public record OptionChange(String option, String from, String to, boolean oneWay, String means) {

    /** Returns the names of the options that lose something for good and are not allowed to. */
    public static List<String> refused(List<OptionChange> changes, Set<String> allowed) {
        return changes.stream()
                .filter(change -> change.oneWay() && !allowed.contains(change.option()))
                .map(OptionChange::option)
                .toList();
    }

    /** Returns a line: the option, both values, and what the change means. */
    @Override
    public String toString() {
        return "%s %s → %s%s. %s"
                .formatted(option, from, to, oneWay ? ", one-way" : "", means)
                .strip();
    }
}
