package dev.freshet.model.sums;

import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.enrolment.Enrolment.GroupKind;
import dev.freshet.model.sums.BucketSums.Column;
import dev.freshet.model.sums.BucketSums.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sums of one phase of an experiment.
 *
 * @param salt names the phase
 * @param shadows what drawn lists say about each shadow, by its id
 */
public record PhaseSums(String salt, ExperimentSums sums, Map<String, ShadowSums> shadows) {
    /** Most arms of an experiment; what is counted for further ones is left out. */
    public static final int MAX_ARMS = 6;

    /** Most segments, and most devices, that are told apart; further ones are summed together. */
    public static final int MAX_GROUPS = 8;

    /** Most sums: of each arm, and of its groups of both kinds with those of further ones. */
    public static final int MAX_SUMS = MAX_ARMS * (1 + 2 * (MAX_GROUPS + 1));

    /** In place of the name of a group, all further ones of its kind. */
    public static final String OTHERS = "(others)";

    /** Between the id of an arm, which has none in it, the kind of a group and its name. */
    private static final String PART = ":";

    /**
     * Most shadows of a phase: those that it begins with, and as many that take their place. What
     * is logged of further ones is left out.
     */
    public static final int MAX_SHADOWS = 4;

    /**
     * Sums of one phase of an experiment.
     *
     * @param byArm by the arm's id, and those of its groups by {@code arm:kind:name}; an arm
     *     without users may be absent
     * @param crossed users who were shown lists of two arms; they are in no arm's sums
     */
    public record ExperimentSums(Map<String, BucketSums> byArm, long crossed) {
        public static final ExperimentSums ZERO = new ExperimentSums(Map.of(), 0);

        public ExperimentSums {
            byArm = Map.copyOf(byArm);
        }

        /** Returns the sums of an arm. */
        public BucketSums of(String arm) {
            return byArm.getOrDefault(arm, BucketSums.ZERO);
        }

        /** Returns the sums of the users of each group of a kind, by its name. */
        public SortedMap<String, ExperimentSums> groups(GroupKind kind) {
            TreeMap<String, ExperimentSums> groups = new TreeMap<>();
            byArm.forEach(
                    (key, sums) -> {
                        String[] parts = key.split(PART, 3);
                        if (parts.length == 3 && parts[1].equals(kind.wireName())) {
                            ExperimentSums ofArm = new ExperimentSums(Map.of(parts[0], sums), 0);
                            groups.merge(parts[2], ofArm, ExperimentSums::plus);
                        }
                    });
            return groups;
        }

        /** Returns the sums of both, which count different acts of the users. */
        public ExperimentSums plus(ExperimentSums other) {
            Map<String, BucketSums> both = new TreeMap<>(byArm);
            other.byArm.forEach((arm, sums) -> both.merge(arm, sums, BucketSums::plus));
            return new ExperimentSums(both, crossed + other.crossed);
        }
    }

    public PhaseSums {
        shadows = Map.copyOf(shadows);
    }

    /** Returns a phase without users. */
    static PhaseSums begin(String salt) {
        return new PhaseSums(salt, ExperimentSums.ZERO, Map.of());
    }

    Draft draft() {
        return new Draft(this);
    }

    /** Where counts what a user does: in the arm, and in each group of the user. */
    record Tallies(List<Tally> all) {
        void add(int bucket, Column column, long amount) {
            all.forEach(tally -> tally.add(bucket, column, amount));
        }
    }

    /** The mutable continuation, which copies the sums of each changed arm and shadow once. */
    static final class Draft {
        private final String salt;
        private final Drafts<String, BucketSums, Tally> arms;
        private final Drafts<String, ShadowSums, ShadowSums.Tally> shadows;
        private long crossed;

        private Draft(PhaseSums from) {
            salt = from.salt;
            arms =
                    new Drafts<>(
                            new TreeMap<>(from.sums.byArm),
                            key -> key.contains(PART) ? BucketSums.ZERO_OF_GROUP : BucketSums.ZERO,
                            BucketSums::tally,
                            Tally::sums);
            shadows =
                    new Drafts<>(
                            new TreeMap<>(from.shadows),
                            shadow -> ShadowSums.ZERO,
                            ShadowSums::tally,
                            ShadowSums.Tally::sums);
            crossed = from.sums.crossed;
        }

        String salt() {
            return salt;
        }

        /** Returns where an enrolled user counts; null for an arm beyond the bound. */
        @Nullable Tallies of(Enrolled enrolled) {
            String arm = enrolled.arm();
            if (!arms.has(arm) && keys(1).count() >= MAX_ARMS) {
                return null;
            }
            List<Tally> all = new ArrayList<>(List.of(arms.of(arm)));
            for (int kind = 0; kind < enrolled.groups().size(); kind++) {
                String group = enrolled.groups().get(kind);
                all.add(arms.of(key(arm, GroupKind.ALL.get(kind).wireName(), group)));
            }
            return new Tallies(all);
        }

        /** Returns the key of a group, or that of further ones where there is no room for it. */
        private String key(String arm, String kind, String group) {
            String wanted = String.join(PART, arm, kind, group);
            if (arms.has(wanted)) {
                return wanted;
            }
            Set<String> known =
                    keys(3).filter(parts -> parts[1].equals(kind) && !parts[2].equals(OTHERS))
                            .map(parts -> parts[2])
                            .collect(Collectors.toSet());
            return known.contains(group) || known.size() < MAX_GROUPS
                    ? wanted
                    : String.join(PART, arm, kind, OTHERS);
        }

        /** Returns the keys of so many parts. */
        private Stream<String[]> keys(int parts) {
            return arms.keys().stream()
                    .map(key -> key.split(PART, 3))
                    .filter(key -> key.length == parts);
        }

        /** Returns the tally of a shadow; null for one beyond the bound. */
        ShadowSums.@Nullable Tally shadow(String shadow) {
            return shadows.within(MAX_SHADOWS, shadow);
        }

        /** Counts a user who was shown two arms. */
        void crossed() {
            crossed++;
        }

        PhaseSums seal() {
            return new PhaseSums(salt, new ExperimentSums(arms.seal(), crossed), shadows.seal());
        }
    }
}
