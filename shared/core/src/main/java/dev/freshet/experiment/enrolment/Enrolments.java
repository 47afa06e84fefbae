package dev.freshet.experiment.enrolment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The enrolments of one user, which make assignment sticky: an enrolment beats the hash, so the arm
 * stays where an anonymous user signs in or the id changes.
 *
 * @param all at most {@value #MAX}, one for each phase of an experiment; the oldest leave first
 */
public record Enrolments(List<Enrolment> all) {
    /** Most enrolments of a user: as many as experiments may run. */
    public static final int MAX = 8;

    public static final Enrolments NONE = new Enrolments(List.of());

    public Enrolments {
        all =
                all.stream()
                        .sorted(Comparator.comparing(Enrolment::since))
                        .skip(Math.max(0, all.size() - MAX))
                        .toList();
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
     * Returns the enrolments after an impression of a list of an arm. An arm other than the
     * enrolled one, which happens where a profile was late, marks the user as crossed.
     */
    public Enrolments shown(ListArm arm, Instant at) {
        return with(new Enrolment(arm.experiment(), arm.salt(), arm.arm(), at, false));
    }

    /**
     * Returns the enrolments of a user whose anonymous id had enrolments of its own. Where both
     * have one in different arms, the user is crossed and keeps the earlier arm.
     */
    public Enrolments joinedBy(Enrolments anonymous) {
        Enrolments joined = this;
        for (Enrolment enrolment : anonymous.all) {
            joined = joined.with(enrolment);
        }
        return joined;
    }

    private Enrolments with(Enrolment added) {
        List<Enrolment> next = new ArrayList<>();
        Enrolment merged = added;
        for (Enrolment one : all) {
            if (one.isOf(added.experiment(), added.salt())) {
                merged = one.joined(added);
            } else {
                next.add(one);
            }
        }
        next.add(merged);
        return new Enrolments(next);
    }
}
