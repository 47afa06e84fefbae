package dev.freshet.simulation;

import dev.freshet.access.ListArm;
import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.enrolment.Enrolment.Enrolled.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Expected enrolments: a second implementation of the rules over the events in order. */
final class ReferenceEnrolments {
    private record Held(ListArm arm, Instant since, boolean crossed, List<String> groups) {}

    /** By user, then by experiment and salt. */
    private final Map<String, Map<String, Held>> users = new HashMap<>();

    /**
     * Returns what a list that is shown for the first time is to the enrolments of its user.
     *
     * @param groups the segment and the device of the user, each empty where it is not known
     * @param begins whether the list may begin an enrolment
     */
    List<Enrolled> shown(
            String user, List<ListArm> arms, List<String> groups, Instant at, boolean begins) {
        Map<String, Held> held = users.computeIfAbsent(user, id -> new TreeMap<>());
        Map<String, Step> steps = new HashMap<>();
        for (ListArm arm : arms) {
            String phase = arm.experiment() + " " + arm.salt();
            Held before = held.get(phase);
            if (before == null && begins) {
                Instant since = at.truncatedTo(ChronoUnit.SECONDS);
                held.put(phase, new Held(arm, since, false, groups));
                steps.put(phase, Step.BEGINS);
            } else if (before != null && !before.crossed && !before.arm.equals(arm)) {
                held.put(phase, new Held(before.arm, before.since, true, before.groups));
                steps.put(phase, Step.CROSSES);
            }
        }
        return told(held, steps, at);
    }

    /** Returns what an event is to the enrolments of its user. */
    List<Enrolled> event(String user, Instant at) {
        return told(users.getOrDefault(user, Map.of()), Map.of(), at);
    }

    private static List<Enrolled> told(
            Map<String, Held> held, Map<String, Step> steps, Instant at) {
        List<Enrolled> told = new ArrayList<>();
        held.forEach(
                (phase, one) -> {
                    Step step = steps.get(phase);
                    if (step != null || !one.crossed) {
                        long seconds = Duration.between(one.since, at).toSeconds();
                        told.add(
                                new Enrolled(
                                        one.arm.experiment(),
                                        one.arm.salt(),
                                        one.arm.arm(),
                                        (int) Math.max(0, seconds),
                                        step == null ? Step.CONTINUES : step,
                                        one.groups));
                    }
                });
        return told;
    }
}
