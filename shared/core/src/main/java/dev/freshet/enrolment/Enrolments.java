package dev.freshet.enrolment;

import dev.freshet.access.ListArm;
import dev.freshet.enrolment.Enrolment.Cause;
import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.event.ShardPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The enrolments of one user, which make assignment sticky: an enrolment beats the hash, so the arm
 * stays where an anonymous user signs in or the id changes.
 *
 * <p>They change with records of the user's events. What an event is to them ({@link #of}) follows
 * from comparing positions of records, so a record that is delivered again, in whatever batch, is
 * the same to them as before.
 *
 * @param all at most {@value #MAX}, one for each phase of an experiment; those of which a list was
 *     shown last stand last, and the first ones leave first
 */
public record Enrolments(List<Enrolment> all) {
    /** Most enrolments of a user: as many as experiments may run. */
    public static final int MAX = ListArm.MAX;

    public static final Enrolments NONE = new Enrolments(List.of());

    private static final Comparator<Enrolled> BY_EXPERIMENT =
            Comparator.comparing(Enrolled::experiment).thenComparing(Enrolled::salt);

    public Enrolments {
        all = List.copyOf(all.subList(Math.max(0, all.size() - MAX), all.size()));
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * Returns the enrolment in a phase of an experiment.
     *
     * @param salt of the phase
     */
    public Optional<Enrolment> in(String experiment, String salt) {
        return all.stream().filter(one -> one.isOf(experiment, salt)).findFirst();
    }

    /**
     * Returns the enrolments after the impression of a list. An arm other than the enrolled one,
     * which happens where a profile was late, crosses the enrolment.
     *
     * @param arms of the list
     * @param record of the impression
     * @param at time of the impression
     * @param groups of the user, by {@link Enrolment.GroupKind}
     */
    public Enrolments shown(
            List<ListArm> arms, ShardPosition record, Instant at, List<String> groups) {
        Cause cause = Cause.own(record);
        List<Enrolment> next = new ArrayList<>(all);
        for (ListArm arm : arms) {
            Enrolment enrolment =
                    in(arm.experiment(), arm.salt())
                            .map(before -> before.given(arm.arm(), cause))
                            .orElseGet(
                                    () ->
                                            new Enrolment(
                                                    arm.experiment(),
                                                    arm.salt(),
                                                    arm.arm(),
                                                    at,
                                                    cause,
                                                    null,
                                                    groups));
            next.removeIf(one -> one.isOf(arm.experiment(), arm.salt()));
            next.add(enrolment);
        }
        return new Enrolments(next);
    }

    /**
     * Returns the enrolments of a user to whom an anonymous id turned out to belong: those that the
     * user has, and of the anonymous id those in other experiments. Where both have one, in
     * different arms, the user's is crossed.
     *
     * @param alias the record that links the two, in the shard of the anonymous id
     */
    public Enrolments joinedBy(Enrolments anonymous, ShardPosition alias) {
        Cause cause = Cause.foreign(alias);
        List<Enrolment> taken = new ArrayList<>();
        List<Enrolment> own = new ArrayList<>(all);
        for (Enrolment other : anonymous.all) {
            if (!other.began().precedes(alias)) {
                continue;
            }
            if (in(other.experiment(), other.salt()).isEmpty()) {
                taken.add(other.taken(cause));
            }
            own.replaceAll(
                    one ->
                            one.isOf(other.experiment(), other.salt())
                                    ? one.given(other.arm(), cause)
                                    : one);
        }
        taken.addAll(own);
        return new Enrolments(taken);
    }

    /**
     * Returns the enrolments of an anonymous id that turned out to belong to a user: crossed where
     * the user has one in another arm.
     *
     * @param alias the record that links the two
     */
    public Enrolments joinedTo(Enrolments user, ShardPosition alias) {
        Cause cause = Cause.own(alias);
        List<Enrolment> next = new ArrayList<>(all);
        next.replaceAll(
                one ->
                        one.began().precedes(alias)
                                ? user.in(one.experiment(), one.salt())
                                        .map(other -> one.given(other.arm(), cause))
                                        .orElse(one)
                                : one);
        return new Enrolments(next);
    }

    /**
     * Returns the enrolments of this id, and of another id of the same user those in other
     * experiments.
     */
    public Enrolments orThoseOf(Enrolments other) {
        List<Enrolment> next = new ArrayList<>(other.all);
        next.removeIf(one -> in(one.experiment(), one.salt()).isPresent());
        next.addAll(all);
        return new Enrolments(next);
    }

    /**
     * Returns what an event of the user is to the enrolments, by experiment.
     *
     * @param record that carried the event
     * @param resubmitted records that it stands for: what they caused, it causes
     * @param at time of the event
     */
    public List<Enrolled> of(ShardPosition record, List<ShardPosition> resubmitted, Instant at) {
        List<ShardPosition> same = new ArrayList<>(resubmitted);
        same.add(record);
        return all.stream()
                .flatMap(enrolment -> enrolment.of(record, same, at).stream())
                .sorted(BY_EXPERIMENT)
                .toList();
    }

    /** Returns the enrolments of a user that an alias crossed, by experiment. */
    public List<Enrolled> crossedByForeign(
            ShardPosition alias, @Nullable ShardPosition resubmitted, Instant at) {
        return crossed(alias, resubmitted, true, at);
    }

    /** Returns the enrolments of an anonymous id that its alias crossed, by experiment. */
    public List<Enrolled> crossedByOwn(
            ShardPosition alias, @Nullable ShardPosition resubmitted, Instant at) {
        return crossed(alias, resubmitted, false, at);
    }

    private List<Enrolled> crossed(
            ShardPosition alias, @Nullable ShardPosition resubmitted, boolean foreign, Instant at) {
        List<ShardPosition> same =
                resubmitted == null ? List.of(alias) : List.of(alias, resubmitted);
        return all.stream()
                .flatMap(enrolment -> enrolment.crossedBy(same, foreign, at).stream())
                .sorted(BY_EXPERIMENT)
                .toList();
    }
}
