package dev.freshet.experiment;

import dev.freshet.check.Sha256;
import dev.freshet.event.Context;
import dev.freshet.example.Example.Definition.Phase;
import dev.freshet.json.Identifier;
import dev.freshet.json.WireName;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.Members;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The definition of an experiment, as {@link ExperimentReader} accepts it.
 *
 * @param version grows with every change, at least 1
 * @param layer experiments of one layer share no user; experiments of different layers are
 *     independent
 * @param slots the part of the layer
 * @param traffic share of the slots that is in use, 0 to 1
 * @param salt of the arms; a new salt is a new phase, whose users are assigned afresh
 * @param plannedUsers users of all arms for whom the intervals are tuned
 * @param shadows evaluated on the lists of others
 * @param arms the control first
 */
public record Experiment(
        String id,
        long version,
        ExperimentStatus status,
        String layer,
        SlotRange slots,
        double traffic,
        String salt,
        long plannedUsers,
        Targeting target,
        List<ShadowArm> shadows,
        List<Arm> arms,
        MetricPlan metrics) {
    /**
     * The layer of the experiment that keeps some users without personalisation, to measure what
     * the recommender is worth in all. These users are in no other experiment.
     */
    public static final String HOLDOUT_LAYER = "holdout";

    /** The chance of a wrong conclusion about the primary metric, over all looks and arms. */
    public static final double ALPHA = 0.05;

    /**
     * The hash by which users are assigned: the upper 53 bits of SHA-256(salt ":" id), as a number
     * from 0 (inclusive) to 1 (exclusive). Different salts give independent numbers for one id.
     * About a microsecond.
     */
    static final class AssignmentHash {
        private static final int UNUSED_BITS = 11;
        private static final double UNIT = 0x1p-53;

        private AssignmentHash() {}

        /** Returns the number of an id under a salt. */
        static double of(String salt, String id) {
            byte[] hash = Sha256.digest(salt + ":" + id);
            return (ByteBuffer.wrap(hash).getLong() >>> UNUSED_BITS) * UNIT;
        }

        /** Returns the slot of an id in a layer, 0 to {@value SlotRange#SLOTS} − 1. */
        static int slot(String layer, String id) {
            return (int) (SlotRange.SLOTS * of(layer, id));
        }
    }

    /**
     * Which requests an experiment is about. It is judged before the hash, on what no arm can
     * change, so the arms stay comparable. An empty set is no condition.
     *
     * <p>The segment of a user is different: what an arm shows may move the user to another one. So
     * it decides who enters an experiment alone, and a user who is enrolled stays.
     *
     * @param placements places on the site
     * @param countries ISO 3166 alpha-2, upper case
     * @param devices such as mobile
     * @param segments ids of segments, of users who are not enrolled yet
     */
    public record Targeting(
            Set<String> placements,
            Set<String> countries,
            Set<String> devices,
            Set<String> segments) {
        /** Every request. */
        public static final Targeting EVERYTHING =
                new Targeting(Set.of(), Set.of(), Set.of(), Set.of());

        static final Set<String> MEMBERS = Set.of("placements", "countries", "devices", "segments");

        /** Most values of a condition. */
        private static final int MAX_VALUES = 20;

        private static final Pattern SEGMENT = Pattern.compile("s[1-9][0-9]{0,8}");

        public Targeting {
            placements = Set.copyOf(placements);
            countries = Set.copyOf(countries);
            devices = Set.copyOf(devices);
            segments = Set.copyOf(segments);
        }

        /** Reads the requests that a definition is about. */
        static Targeting read(Members target) {
            Set<String> countries = new HashSet<>();
            for (String country : texts(target, "countries")) {
                if (!country.matches("[A-Za-z]{2}")) {
                    throw new InvalidQueryException(
                            "bad-country", "A country is two letters of ISO 3166-1, such as BR.");
                }
                countries.add(country.toUpperCase(Locale.ROOT));
            }
            Set<String> segments = texts(target, "segments");
            if (!segments.stream().allMatch(segment -> SEGMENT.matcher(segment).matches())) {
                throw new InvalidQueryException(
                        "bad-segment", "A segment is an id of GET /v1/segments, such as s3.");
            }
            return new Targeting(
                    texts(target, "placements"), countries, texts(target, "devices"), segments);
        }

        private static Set<String> texts(Members target, String name) {
            return new HashSet<>(target.texts(name, MAX_VALUES, Identifier.MAX_LENGTH, "too-many"));
        }

        boolean includes(String placement, Context context) {
            return includes(placements, placement)
                    && includes(countries, context.country())
                    && includes(devices, context.device());
        }

        /**
         * Returns whether a user who is not enrolled can enter.
         *
         * @param segment returns the id of the user's segment, null for none; asked only where
         *     segments are a condition
         */
        boolean admits(Supplier<@Nullable String> segment) {
            return segments.isEmpty() || includes(segments, segment.get());
        }

        private static boolean includes(Set<String> wanted, @Nullable String value) {
            return wanted.isEmpty() || (value != null && wanted.contains(value));
        }
    }

    /** Where an experiment is in its life. */
    public enum ExperimentStatus implements WireName {
        /** Defined, and nobody is assigned. */
        DRAFT,
        /** Users are assigned, and outcomes are counted. */
        RUNNING,
        /** Nobody is assigned any more; the results remain. */
        STOPPED
    }

    /**
     * One of the alternatives that an experiment compares.
     *
     * @param id unique in the experiment
     * @param weight share of the experiment's users, greater than 0; the weights' sum is 1
     */
    public record Arm(String id, double weight, ArmSettings settings) {}

    /** Returns a sentence for each arm whose lists can be short or empty by its filter. */
    public List<String> warnings() {
        return arms.stream()
                .filter(arm -> arm.settings().filter() != null)
                .map(
                        arm ->
                                "The filter of the arm "
                                        + arm.id()
                                        + " can leave lists short or empty: request lists with it"
                                        + " before users get them.")
                .toList();
    }

    /**
     * Settings that are evaluated on the lists of others, without users of their own.
     *
     * @param id unique among the experiment's arms and shadows
     */
    public record ShadowArm(String id, ArmSettings settings) {}

    /**
     * A range of the {@value #SLOTS} slots of a layer.
     *
     * @param from first slot, 0 to {@value #SLOTS}
     * @param to slot behind the last one, greater than {@code from}, at most {@value #SLOTS}
     */
    public record SlotRange(int from, int to) {
        /** Slots of a layer; one holds a ten-thousandth of all users. */
        public static final int SLOTS = 10_000;

        public SlotRange {
            if (from < 0 || to > SLOTS || from >= to) {
                throw new IllegalArgumentException("slots go from 0 to " + SLOTS);
            }
        }

        /** Returns the share of all users that the range holds, greater than 0, at most 1. */
        public double share() {
            return (double) (to - from) / SLOTS;
        }

        /**
         * Returns whether the slot is in the part that is in use. The part grows from the left, so
         * a user who is in stays in when traffic is raised.
         *
         * @param traffic share of the range that is in use, 0 to 1
         */
        public boolean includes(int slot, double traffic) {
            return slot >= from && slot < from + Math.round(traffic * (to - from));
        }

        /** Returns whether both ranges hold a slot. */
        public boolean overlaps(SlotRange other) {
            return from < other.to && other.from < to;
        }
    }

    public Experiment {
        shadows = List.copyOf(shadows);
        arms = List.copyOf(arms);
    }

    /** Returns what the model's sums need of the present phase. */
    Phase phase() {
        return new Phase(
                running(), salt, Math.toIntExact(metrics.window().toSeconds()), metrics.currency());
    }

    /** Returns the arm with which the others are compared. */
    public Arm control() {
        return arms.getFirst();
    }

    public boolean running() {
        return status == ExperimentStatus.RUNNING;
    }

    public boolean isHoldout() {
        return layer.equals(HOLDOUT_LAYER);
    }

    /** Returns the arm of an id, if the experiment has one. */
    public Optional<Arm> arm(String armId) {
        return arms.stream().filter(arm -> arm.id().equals(armId)).findFirst();
    }

    /**
     * Returns the arm of a user by hash alone, or null for a user who is not in the experiment.
     *
     * @param userId as known at the request: the user id, else the anonymous id
     */
    @Nullable Arm hashed(String userId) {
        return slots.includes(AssignmentHash.slot(layer, userId), traffic)
                ? byWeight(AssignmentHash.of(salt, userId))
                : null;
    }

    private Arm byWeight(double number) {
        double below = 0;
        for (Arm arm : arms) {
            below += arm.weight();
            if (number < below) {
                return arm;
            }
        }
        return arms.getLast();
    }
}
