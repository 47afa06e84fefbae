package dev.freshet.bench.evaluate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a protocol that learns first and ranks then. People, items and sessions are numbered
 * in the order of these parts.
 *
 * @param protocol name in the report
 * @param before steps that are learned before the test
 * @param test steps of the test, in their order
 * @param ranked for each of them whether it is ranked
 * @param rules rules of the test
 * @param askedAt the time of every request, or null for that of the step
 */
@SuppressWarnings("ArrayRecordComponent") // a column that is never modified
record TestPlan(
        String protocol,
        List<ReplayStep> before,
        List<ReplayStep> test,
        boolean[] ranked,
        Rules rules,
        @Nullable Instant askedAt) {
    static final String SPLIT_AT = "split-at";
    static final String LEAVE_LAST_ONE_OUT = "leave-last-one-out";

    /**
     * Rules of a test.
     *
     * @param repeats whether items with which a person has interacted are ranked again
     * @param frozen whether nothing is learned during the test but the histories of people
     * @param sessions whether a person is a session, whose first interaction is not ranked
     * @param every one in this many interactions is ranked
     */
    record Rules(boolean repeats, boolean frozen, boolean sessions, int every) {}

    /** Returns the plan that learns what was before a point in time and ranks what came then. */
    static TestPlan splitAt(Trace trace, SplitPoint point, Rules rules) {
        List<ReplayStep> steps = trace.steps();
        int begin = point.of(steps);
        boolean[] ranked = new boolean[steps.size() - begin];
        Set<Integer> known = new HashSet<>();
        int asked = 0;
        for (int at = 0; at < steps.size(); at++) {
            FirstInteraction interaction = steps.get(at).interaction();
            boolean begins = known.add(interaction.person());
            if (at >= begin
                    && (rules.repeats || interaction.first())
                    && !(rules.sessions && begins)) {
                ranked[at - begin] = asked++ % rules.every == 0;
            }
        }
        return new TestPlan(
                SPLIT_AT,
                steps.subList(0, begin),
                steps.subList(begin, steps.size()),
                ranked,
                rules,
                null);
    }

    /**
     * Returns the plan that holds out the last interaction of each person with at least two of them
     * (without repeats: the last item, with all interactions of this person with it), learns all
     * others and ranks then, after the end of the stream. Others' later interactions are learned
     * too, so that it looks into the future.
     */
    static TestPlan leaveLastOneOut(Trace trace, Rules rules) {
        List<ReplayStep> steps = trace.steps();
        Map<Integer, Integer> last = new HashMap<>();
        Map<Integer, Integer> counts = new HashMap<>();
        for (int at = 0; at < steps.size(); at++) {
            FirstInteraction interaction = steps.get(at).interaction();
            if (rules.repeats || interaction.first()) {
                last.put(interaction.person(), at);
                counts.merge(interaction.person(), 1, Integer::sum);
            }
        }
        last.keySet().removeIf(person -> counts.getOrDefault(person, 0) < 2);
        List<ReplayStep> before = new ArrayList<>();
        List<ReplayStep> test = new ArrayList<>();
        for (int at = 0; at < steps.size(); at++) {
            FirstInteraction interaction = steps.get(at).interaction();
            Integer held = last.get(interaction.person());
            if (held != null && held == at) {
                test.add(steps.get(at));
            } else if (held == null
                    || rules.repeats
                    || steps.get(held).interaction().item() != interaction.item()) {
                before.add(steps.get(at));
            }
        }
        boolean[] ranked = new boolean[test.size()];
        for (int at = 0; at < ranked.length; at += rules.every) {
            ranked[at] = true;
        }
        return numbered(
                new TestPlan(
                        LEAVE_LAST_ONE_OUT,
                        before,
                        test,
                        ranked,
                        new Rules(rules.repeats, true, rules.sessions, rules.every),
                        steps.getLast().interaction().at().plusSeconds(1)));
    }

    private static TestPlan numbered(TestPlan plan) {
        Renumbering numbers = new Renumbering();
        return new TestPlan(
                plan.protocol,
                plan.before.stream().map(numbers::of).toList(),
                plan.test.stream().map(numbers::of).toList(),
                plan.ranked,
                plan.rules,
                plan.askedAt);
    }

    /** New numbers in the order of first occurrence. */
    private static final class Renumbering {
        private final Map<Integer, Integer> people = new HashMap<>();
        private final Map<Integer, Integer> items = new HashMap<>();

        ReplayStep of(ReplayStep step) {
            FirstInteraction old = step.interaction();
            return new ReplayStep(
                    new FirstInteraction(
                            next(people, old.person()),
                            next(items, old.item()),
                            old.type(),
                            old.strength(),
                            old.at(),
                            old.session(),
                            old.first()),
                    step.row());
        }

        private static int next(Map<Integer, Integer> numbers, int old) {
            int size = numbers.size();
            return numbers.computeIfAbsent(old, number -> size);
        }
    }

    /** Returns what the baselines are told. */
    TestSetup setup(int items) {
        return new TestSetup(
                before.stream().map(ReplayStep::interaction).toList(),
                items,
                rules.repeats,
                rules.frozen,
                rules.sessions);
    }

    /** Returns the interaction with which a baseline is asked at a step of the test. */
    FirstInteraction request(int at) {
        FirstInteraction own = test.get(at).interaction();
        return askedAt == null
                ? own
                : new FirstInteraction(
                        own.person(),
                        own.item(),
                        own.type(),
                        own.strength(),
                        askedAt,
                        own.session(),
                        own.first());
    }

    Instant askedAt(int at) {
        return askedAt == null ? test.get(at).row().correctedAt() : askedAt;
    }
}
