package dev.freshet.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventTypes;
import dev.freshet.json.FieldReader;
import dev.freshet.json.Identifier;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import dev.freshet.json.TextRule;
import dev.freshet.model.experiment.Definition;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.QueryViolations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the definition of an experiment from JSON and checks it. A definition that breaks a rule
 * ends in an {@link InvalidExperimentException} that names the member by its path.
 */
public final class ExperimentReader {
    /** Longest definition, in bytes. */
    public static final int MAX_BYTES = 16 << 10;

    /** Most arms, the control included. */
    public static final int MAX_ARMS = 6;

    /** Most shadow arms. */
    public static final int MAX_SHADOWS = 2;

    /** Most users that may be planned. */
    public static final long MAX_PLANNED = 1_000_000_000;

    /** Least share of an arm. */
    private static final double LEAST_WEIGHT = 0.01;

    /** Most values of a condition. */
    private static final int MAX_VALUES = 20;

    /** Names stand in tokens and beside each other in labels, so they are short and plain. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,48}");

    private static final Pattern SEGMENT = Pattern.compile("s[1-9][0-9]{0,8}");

    private static final double LEAST_HOLDOUT = 0.01;
    private static final double MAX_HOLDOUT = 0.05;

    /** How far the sum of the weights may be from 1. */
    private static final double ROUNDING = 1e-6;

    private static final Set<String> MEMBERS =
            Set.of(
                    "id",
                    "version",
                    "status",
                    "layer",
                    "slots",
                    "traffic",
                    "salt",
                    "plannedUsers",
                    "target",
                    "shadows",
                    "arms",
                    "metrics");

    private ExperimentReader() {}

    /**
     * Reads a definition.
     *
     * @param body UTF-8, at most {@value #MAX_BYTES} bytes
     * @param types the types of events that conditions can name
     */
    public static Experiment read(byte[] body, EventTypes types) {
        if (body.length > MAX_BYTES) {
            throw new InvalidExperimentException(
                    "experiment-too-large", "A definition has at most " + MAX_BYTES + " bytes.");
        }
        try {
            return read(StrictJson.read(body), types);
        } catch (MalformedJsonException malformed) {
            throw new InvalidExperimentException(malformed.code(), malformed.detail());
        } catch (InvalidQueryException broken) {
            throw new InvalidExperimentException(
                    broken.code(), String.valueOf(broken.getMessage()));
        }
    }

    private static Experiment read(JsonNode body, EventTypes types) {
        FieldReader<InvalidQueryException> members = QueryViolations.fields(body, "", MEMBERS);
        String id = identifier(members, "id");
        if (id.startsWith(Definition.RULE_PREFIX)) {
            throw new InvalidExperimentException(
                    "bad-id",
                    "The id of an experiment does not begin with " + Definition.RULE_PREFIX + ".");
        }
        Experiment experiment =
                new Experiment(
                        id,
                        required(members.integer("version", 1, Long.MAX_VALUE), members, "version"),
                        status(members),
                        identifier(members, "layer"),
                        slots(members),
                        traffic(members),
                        identifier(members, "salt"),
                        required(
                                members.integer("plannedUsers", 100, MAX_PLANNED),
                                members,
                                "plannedUsers"),
                        target(members.find("target")),
                        shadows(members, types),
                        arms(members, types),
                        MetricPlanReader.read(
                                required(members.find("metrics"), members, "metrics")));
        checkNames(experiment);
        if (experiment.isHoldout()) {
            checkHoldout(experiment);
        }
        if (experiment.shadows().stream().anyMatch(shadow -> shadow.settings().popularOnly())) {
            throw new InvalidExperimentException(
                    "popular-shadow",
                    "The strategy popular is for arms; a shadow is estimated on drawn lists, and"
                            + " lists of popular items are not drawn.");
        }
        return experiment;
    }

    private static ExperimentStatus status(FieldReader<InvalidQueryException> members) {
        String name = required(text(members, "status"), members, "status");
        return Arrays.stream(ExperimentStatus.values())
                .filter(status -> status.wireName().equals(name))
                .findAny()
                .orElseThrow(
                        () ->
                                new InvalidExperimentException(
                                        "unknown-status", "status is draft, running or stopped."));
    }

    private static SlotRange slots(FieldReader<InvalidQueryException> members) {
        List<JsonNode> slots = members.array("slots", 2);
        if (slots.isEmpty()) {
            return new SlotRange(0, SlotRange.SLOTS);
        }
        for (JsonNode slot : slots) {
            if (!slot.isInt() || slot.intValue() < 0 || slot.intValue() > SlotRange.SLOTS) {
                throw badSlots();
            }
        }
        if (slots.size() != 2 || slots.get(0).intValue() >= slots.get(1).intValue()) {
            throw badSlots();
        }
        return new SlotRange(slots.get(0).intValue(), slots.get(1).intValue());
    }

    private static InvalidExperimentException badSlots() {
        return new InvalidExperimentException(
                "bad-slots",
                "slots is [from, to] with whole numbers, 0 ≤ from < to ≤ " + SlotRange.SLOTS + ".");
    }

    private static double traffic(FieldReader<InvalidQueryException> members) {
        Double traffic = members.number("traffic");
        return traffic == null ? 1 : inRange(traffic, 0, 1, members.pathOf("traffic"));
    }

    private static Targeting target(@Nullable JsonNode node) {
        if (node == null) {
            return Targeting.EVERYTHING;
        }
        FieldReader<InvalidQueryException> target =
                QueryViolations.fields(
                        node, "target", Set.of("placements", "countries", "devices", "segments"));
        Set<String> countries = new HashSet<>();
        for (String country : texts(target, "countries")) {
            if (!country.matches("[A-Za-z]{2}")) {
                throw new InvalidExperimentException(
                        "bad-country", "A country is two letters of ISO 3166-1, such as BR.");
            }
            countries.add(country.toUpperCase(Locale.ROOT));
        }
        Set<String> segments = texts(target, "segments");
        if (!segments.stream().allMatch(segment -> SEGMENT.matcher(segment).matches())) {
            throw new InvalidExperimentException(
                    "bad-segment", "A segment is an id of GET /v1/segments, such as s3.");
        }
        return new Targeting(
                texts(target, "placements"), countries, texts(target, "devices"), segments);
    }

    private static Set<String> texts(FieldReader<InvalidQueryException> target, String name) {
        Set<String> texts = new HashSet<>();
        for (JsonNode value : target.array(name, MAX_VALUES)) {
            texts.add(
                    FieldReader.textOf(
                            value,
                            target.pathOf(name),
                            TextRule.SINGLE_LINE,
                            Identifier.MAX_LENGTH,
                            QueryViolations::report));
        }
        return texts;
    }

    private static List<ShadowArm> shadows(
            FieldReader<InvalidQueryException> members, EventTypes types) {
        List<ShadowArm> shadows = new ArrayList<>();
        for (JsonNode element : members.array("shadows", MAX_SHADOWS)) {
            ArmReader arm = new ArmReader(element, "shadows[" + shadows.size() + "]", types);
            shadows.add(new ShadowArm(arm.id(), arm.settings()));
        }
        return shadows;
    }

    private static List<Arm> arms(FieldReader<InvalidQueryException> members, EventTypes types) {
        List<Arm> arms = new ArrayList<>();
        double sum = 0;
        for (JsonNode element : members.array("arms", MAX_ARMS)) {
            String path = "arms[" + arms.size() + "]";
            ArmReader arm = new ArmReader(element, path, types);
            double weight = inRange(arm.weight(), LEAST_WEIGHT, 1, path + ".weight");
            arms.add(new Arm(arm.id(), weight, arm.settings()));
            sum += weight;
        }
        if (arms.size() < 2) {
            throw new InvalidExperimentException(
                    "too-few-arms", "arms holds the control first and at least one other arm.");
        }
        if (Math.abs(sum - 1) > ROUNDING) {
            throw new InvalidExperimentException(
                    "bad-weights", "The weights of the arms have a sum of 1.");
        }
        return arms;
    }

    private static void checkNames(Experiment experiment) {
        Set<String> names = new HashSet<>();
        for (Arm arm : experiment.arms()) {
            names.add(arm.id());
        }
        for (ShadowArm shadow : experiment.shadows()) {
            names.add(shadow.id());
        }
        if (names.size() < experiment.arms().size() + experiment.shadows().size()) {
            throw new InvalidExperimentException(
                    "duplicate-arm", "The ids of arms and shadows differ from each other.");
        }
        if (experiment.salt().equals(experiment.layer())) {
            throw new InvalidExperimentException(
                    "salt-of-layer",
                    "The salt differs from the layer's name, or arms would follow from slots.");
        }
    }

    private static void checkHoldout(Experiment experiment) {
        Arm last = experiment.arms().getLast();
        double share = last.weight() * experiment.slots().share();
        if (experiment.arms().size() != 2
                || experiment.control().settings().popularOnly()
                || !last.settings().popularOnly()
                || share < LEAST_HOLDOUT
                || share > MAX_HOLDOUT) {
            throw new InvalidExperimentException(
                    "bad-holdout",
                    "An experiment of the layer holdout has two arms, of which the second has the"
                            + " strategy popular and 0.01 to 0.05 of all users.");
        }
    }

    static String identifier(FieldReader<InvalidQueryException> members, String name) {
        String text = required(members.identifier(name, Identifier.ANY), members, name);
        if (!NAME.matcher(text).matches()) {
            throw new InvalidExperimentException(
                    "malformed-name",
                    members.pathOf(name)
                            + " has 1 to 48 characters: letters, digits, '.', '_' and '-'.");
        }
        return text;
    }

    static @Nullable String text(FieldReader<InvalidQueryException> members, String name) {
        return members.text(name, TextRule.SINGLE_LINE, Identifier.MAX_LENGTH);
    }

    static <T> T required(
            @Nullable T value, FieldReader<InvalidQueryException> members, String name) {
        if (value == null) {
            throw new InvalidExperimentException(
                    "missing-field", members.pathOf(name) + " is missing.");
        }
        return value;
    }

    static double inRange(double value, double least, double most, String path) {
        if (!(value >= least && value <= most)) {
            throw new InvalidExperimentException(
                    "out-of-range",
                    String.format(Locale.ROOT, "%s is a number from %s to %s.", path, least, most));
        }
        return value;
    }
}
