package dev.freshet.experiment;

import static dev.freshet.query.InvalidQueryException.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventTypes;
import dev.freshet.example.Example.Definition;
import dev.freshet.experiment.Experiment.Arm;
import dev.freshet.experiment.Experiment.ExperimentStatus;
import dev.freshet.experiment.Experiment.ShadowArm;
import dev.freshet.experiment.Experiment.SlotRange;
import dev.freshet.experiment.Experiment.Targeting;
import dev.freshet.json.Identifier;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import dev.freshet.json.WireName;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.Members;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the definition of an experiment from JSON and checks it. A definition that breaks a rule
 * ends in an {@link InvalidQueryException} that names the member by its path.
 */
public final class ExperimentReader {
    /** Highest version, after which an experiment can only be stopped and deleted. */
    public static final long MAX_VERSION = 1L << 62;

    /** Most arms, the control included. */
    public static final int MAX_ARMS = 6;

    /** Most shadow arms. */
    public static final int MAX_SHADOWS = 2;

    /** Most users that may be planned. */
    public static final long MAX_PLANNED = 1_000_000_000;

    /** Least share of an arm. */
    private static final double LEAST_WEIGHT = 0.01;

    /** Names stand in tokens and beside each other in labels, so they are short and plain. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,48}");

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

    /** Returns whether a text can be the id of an experiment, and of a layer and an arm. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches() && Identifier.ANY.accepts(text);
    }

    /**
     * Reads a definition.
     *
     * @param body UTF-8, at most {@value Definition#MAX_BYTES} bytes
     * @param types the types of events that conditions can name
     */
    public static Experiment read(byte[] body, EventTypes types) {
        return read(Members.of(body, "experiment", MEMBERS), types);
    }

    /** Reads a definition that the model knows. */
    public static Experiment read(Definition definition, EventTypes types) {
        return read(definition.bytes(), types);
    }

    /**
     * Returns the document of a definition that the model knows.
     *
     * @throws IllegalStateException if it is no JSON
     */
    public static JsonNode tree(Definition definition) {
        try {
            return StrictJson.read(definition.bytes());
        } catch (MalformedJsonException broken) {
            throw new IllegalStateException("a known definition is no JSON", broken);
        }
    }

    private static Experiment read(Members members, EventTypes types) {
        String id = identifier(members, "id");
        Double traffic = members.number("traffic", 0, 1);
        Members target = members.object("target", Targeting.MEMBERS);
        Experiment experiment =
                new Experiment(
                        id,
                        members.required(members.integer("version", 1, MAX_VERSION), "version"),
                        status(members),
                        identifier(members, "layer"),
                        slots(members),
                        traffic == null ? 1 : traffic,
                        identifier(members, "salt"),
                        members.required(
                                members.integer("plannedUsers", 100, MAX_PLANNED), "plannedUsers"),
                        target == null ? Targeting.EVERYTHING : Targeting.read(target),
                        members.list(
                                "shadows", MAX_SHADOWS, (node, path) -> shadow(node, path, types)),
                        arms(members, types),
                        MetricPlan.read(
                                members.required(
                                        members.object("metrics", MetricPlan.MEMBERS), "metrics")));
        checkNames(experiment);
        if (experiment.isHoldout()) {
            checkHoldout(experiment);
        }
        require(
                experiment.shadows().stream().noneMatch(shadow -> shadow.settings().popularOnly()),
                "popular-shadow",
                "The strategy popular is for arms; a shadow is estimated on drawn lists, and"
                        + " lists of popular items are not drawn.");
        return experiment;
    }

    private static ExperimentStatus status(Members members) {
        String name = members.required(members.text("status", Identifier.MAX_LENGTH), "status");
        return WireName.find(ExperimentStatus.class, name)
                .orElseThrow(
                        () ->
                                new InvalidQueryException(
                                        "unknown-status", "status is draft, running or stopped."));
    }

    private static SlotRange slots(Members members) {
        List<Integer> slots =
                members.list("slots", 2, (slot, _) -> slot.isInt() ? slot.intValue() : -1);
        if (slots.isEmpty()) {
            return new SlotRange(0, SlotRange.SLOTS);
        }
        require(
                slots.size() == 2
                        && slots.getFirst() >= 0
                        && slots.getFirst() < slots.getLast()
                        && slots.getLast() <= SlotRange.SLOTS,
                "bad-slots",
                "slots is [from, to] with whole numbers, 0 ≤ from < to ≤ " + SlotRange.SLOTS + ".");
        return new SlotRange(slots.getFirst(), slots.getLast());
    }

    private static ShadowArm shadow(JsonNode node, String path, EventTypes types) {
        Members shadow = Members.of(node, path, ArmSettings.MEMBERS);
        return new ShadowArm(identifier(shadow, "id"), ArmSettings.read(shadow, types));
    }

    private static Arm arm(JsonNode node, String path, EventTypes types) {
        Members arm = Members.of(node, path, ArmSettings.MEMBERS);
        return new Arm(
                identifier(arm, "id"),
                arm.required(arm.number("weight", LEAST_WEIGHT, 1), "weight"),
                ArmSettings.read(arm, types));
    }

    private static List<Arm> arms(Members members, EventTypes types) {
        List<Arm> arms = members.list("arms", MAX_ARMS, (node, path) -> arm(node, path, types));
        require(
                arms.size() >= 2,
                "too-few-arms",
                "arms holds the control first and at least one other arm.");
        require(
                Math.abs(arms.stream().mapToDouble(Arm::weight).sum() - 1) <= ROUNDING,
                "bad-weights",
                "The weights of the arms have a sum of 1.");
        return arms;
    }

    private static void checkNames(Experiment experiment) {
        Set<String> names = new HashSet<>();
        experiment.arms().forEach(arm -> names.add(arm.id()));
        experiment.shadows().forEach(shadow -> names.add(shadow.id()));
        require(
                names.size() >= experiment.arms().size() + experiment.shadows().size(),
                "duplicate-arm",
                "The ids of arms and shadows differ from each other.");
        require(
                !experiment.salt().equals(experiment.layer()),
                "salt-of-layer",
                "The salt differs from the layer's name, or arms would follow from slots.");
    }

    private static void checkHoldout(Experiment experiment) {
        Arm last = experiment.arms().getLast();
        double share = last.weight() * experiment.slots().share();
        require(
                experiment.arms().size() == 2
                        && !experiment.control().settings().popularOnly()
                        && last.settings().popularOnly()
                        && share >= LEAST_HOLDOUT
                        && share <= MAX_HOLDOUT,
                "bad-holdout",
                "An experiment of the layer holdout has two arms, of which the second has the"
                        + " strategy popular and 0.01 to 0.05 of all users.");
    }

    private static String identifier(Members members, String name) {
        String text = members.required(members.identifier(name, Identifier.ANY), name);
        require(
                NAME.matcher(text).matches(),
                "malformed-name",
                members.pathOf(name)
                        + " has 1 to 48 characters: letters, digits, '.', '_' and '-'.");
        return text;
    }
}
