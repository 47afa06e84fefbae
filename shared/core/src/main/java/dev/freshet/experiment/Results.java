package dev.freshet.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an experiment shows at a look.
 *
 * @param conclusion over all arms: better where one arm is, worse or within margin where all are
 * @param sentence for a person: the conclusion, the interval, and whether the experiment may end
 * @param users enrolled, by arm
 * @param split whether users were split as intended
 * @param crossed users who were shown two arms and are left out
 * @param arms all but the control
 */
public record Results(
        Conclusion conclusion,
        String sentence,
        Map<String, Long> users,
        Split split,
        long crossed,
        @JsonIgnore List<ArmResult> arms) {
    /** The share of crossed users from which on results come with a warning. */
    public static final double CROSSED_WARNING = 0.01;

    /**
     * The check of the split.
     *
     * @param logE ln of the evidence against the intended split
     * @param chiSquareP of the χ² test for a single look, for comparison with other tools
     * @param alarm whether the split is wrong
     */
    public record Split(double logE, double chiSquareP, boolean alarm) {}

    public Results {
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
        arms = List.copyOf(arms);
    }

    Results with(String otherSentence) {
        return new Results(conclusion, otherSentence, users, split, crossed, arms);
    }

    /** Returns the users of all arms. */
    @JsonProperty
    public long enrolled() {
        return users.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns whether too many users crossed arms. */
    @JsonProperty
    public boolean crossedWarning() {
        return crossed > CROSSED_WARNING * (enrolled() + crossed);
    }
}
