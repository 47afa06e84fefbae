package dev.freshet.experiment;

import static dev.freshet.query.InvalidQueryException.require;

import dev.freshet.access.ListArm;
import dev.freshet.enrolment.Enrolments;
import dev.freshet.event.Context;
import dev.freshet.example.Example.DefinitionKind;
import dev.freshet.experiment.Experiment.Arm;
import dev.freshet.experiment.Experiment.ExperimentStatus;
import dev.freshet.experiment.Experiment.ShadowArm;
import dev.freshet.query.InvalidQueryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All experiments of a stack, none of which disturbs another one. Immutable. */
public final class ExperimentSet {
    public static final ExperimentSet NONE = new ExperimentSet(new TreeMap<>());

    /**
     * The arm of a user in an experiment.
     *
     * @param counted whether the user's first impression enrols the user; false without consent to
     *     analytics, where the arm is the control
     */
    public record Assignment(Experiment experiment, Arm arm, boolean counted) {
        /** Returns the arm as lists name it. */
        public ListArm listArm() {
            return new ListArm(experiment.id(), experiment.salt(), arm.id());
        }
    }

    private final SortedMap<String, Experiment> byId;
    private final List<Experiment> running;

    private ExperimentSet(SortedMap<String, Experiment> byId) {
        this.byId = byId;
        running = byId.values().stream().filter(Experiment::running).toList();
    }

    /** Returns the set of experiments that were each accepted by {@link #with} before. */
    public static ExperimentSet of(Collection<Experiment> accepted) {
        SortedMap<String, Experiment> byId = new TreeMap<>();
        accepted.forEach(experiment -> byId.put(experiment.id(), experiment));
        return new ExperimentSet(byId);
    }

    /** Returns the definition of an id. */
    public Optional<Experiment> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns all definitions in the order of their ids. */
    public List<Experiment> all() {
        return List.copyOf(byId.values());
    }

    /**
     * Returns the set with a new experiment or a new version of one.
     *
     * @throws InvalidQueryException if the change is not allowed, or the experiment would disturb
     *     another one
     */
    public ExperimentSet with(Experiment next) {
        Experiment before = byId.get(next.id());
        if (before != null) {
            checkChange(before, next);
        } else if (byId.size() >= DefinitionKind.EXPERIMENT.most()) {
            throw new InvalidQueryException(
                    "too-many-experiments",
                    "There are " + byId.size() + " experiments; delete one that was stopped.");
        }
        SortedMap<String, Experiment> changed = new TreeMap<>(byId);
        changed.put(next.id(), next);
        ExperimentSet set = new ExperimentSet(changed);
        if (next.running()) {
            set.checkPeace(next);
        }
        return set;
    }

    /**
     * Checks what may change between two versions of an experiment. While it runs, only more
     * traffic, none at all, which lets nobody new in, its end, and its shadows, of which one with
     * other settings has another id: anything else would mix users who were assigned or measured by
     * different rules. A new salt begins a new phase, whose users are assigned afresh, and then
     * everything may change.
     */
    private static void checkChange(Experiment before, Experiment next) {
        boolean stop = before.running() && next.status() == ExperimentStatus.STOPPED;
        require(
                next.version() > before.version() || (stop && next.version() == before.version()),
                "version-not-higher",
                "The stored version is " + before.version() + "; send a higher one.");
        if (before.status() == ExperimentStatus.DRAFT || !next.salt().equals(before.salt())) {
            return;
        }
        require(
                next.status() != ExperimentStatus.DRAFT
                        && !(next.running() && before.status() == ExperimentStatus.STOPPED),
                "needs-new-salt",
                "An experiment that ran begins again only as a new phase; give it a new salt.");
        unchanged("layer", before.layer().equals(next.layer()));
        unchanged("slots", before.slots().equals(next.slots()));
        unchanged("arms", before.arms().equals(next.arms()));
        unchanged("target", before.target().equals(next.target()));
        unchanged("metrics", before.metrics().equals(next.metrics()));
        unchanged("plannedUsers", before.plannedUsers() == next.plannedUsers());
        for (ShadowArm shadow : next.shadows()) {
            unchanged(
                    "shadows." + shadow.id(),
                    before.shadows().stream()
                            .allMatch(old -> !old.id().equals(shadow.id()) || old.equals(shadow)));
        }
        require(
                next.traffic() >= before.traffic() || next.traffic() == 0,
                "traffic-lowered",
                "The traffic of a running experiment only grows, so that who is in stays in, or"
                        + " becomes 0, which lets nobody new in.");
    }

    private static void unchanged(String member, boolean holds) {
        require(
                holds,
                "fixed-while-running",
                "Of an experiment that ran, "
                        + member
                        + " cannot change; begin a new phase with a new salt.");
    }

    private void checkPeace(Experiment next) {
        require(
                running.size() <= Enrolments.MAX,
                "too-many-running",
                "At most " + Enrolments.MAX + " experiments run at once; stop one first.");
        for (Experiment other : running) {
            if (other.id().equals(next.id())) {
                continue;
            }
            require(
                    !other.layer().equals(next.layer()) || !other.slots().overlaps(next.slots()),
                    "slots-taken",
                    "The slots overlap with those of the running experiment "
                            + other.id()
                            + " in this layer; choose others, or another layer.");
            require(
                    !(other.salt().equals(next.salt())
                            || other.salt().equals(next.layer())
                            || other.layer().equals(next.salt())),
                    "salt-taken",
                    "The running experiment "
                            + other.id()
                            + " uses the salt already, so its arms would follow from these;"
                            + " choose another salt.");
        }
    }

    /**
     * Returns the arms of a user for a request, in the order of the experiments' ids. A user whom
     * the holdout keeps without personalisation is in no other experiment.
     *
     * @param userId as known at the request: the user id, else the anonymous id
     * @param analytics whether the user consents to analytics
     * @param segment returns the id of the user's segment, null for none; asked only where an
     *     experiment is about segments
     */
    public List<Assignment> assign(
            String userId,
            String placement,
            Context context,
            Enrolments enrolments,
            boolean analytics,
            Supplier<@Nullable String> segment) {
        List<Assignment> assigned = new ArrayList<>();
        for (Experiment experiment : running) {
            if (!experiment.target().includes(placement, context)) {
                continue;
            }
            Arm arm = arm(experiment, userId, enrolments, segment);
            if (arm == null) {
                continue;
            }
            Assignment assignment =
                    analytics
                            ? new Assignment(experiment, arm, true)
                            : new Assignment(experiment, experiment.control(), false);
            if (experiment.isHoldout() && assignment.arm().settings().popularOnly()) {
                return List.of(assignment);
            }
            assigned.add(assignment);
        }
        return assigned;
    }

    private static @Nullable Arm arm(
            Experiment experiment,
            String userId,
            Enrolments enrolments,
            Supplier<@Nullable String> segment) {
        Optional<Arm> enrolled =
                enrolments
                        .in(experiment.id(), experiment.salt())
                        .flatMap(enrolment -> experiment.arm(enrolment.arm()));
        if (enrolled.isPresent()) {
            return enrolled.get();
        }
        return experiment.target().admits(segment) ? experiment.hashed(userId) : null;
    }
}
