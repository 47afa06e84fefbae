package dev.freshet.bench.evaluate;

import dev.freshet.bench.baseline.FirstInteraction;
import dev.freshet.bench.evaluate.Trace.Numbers;
import dev.freshet.bench.evaluate.Trace.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a protocol: what is learned before, and the steps of the test, which are ranked in
 * turn. People, items and sessions are numbered in the order of these parts.
 *
 * @param protocol name in the report
 * @param before steps that are learned before the test
 * @param batch number of them in one version of the model
 * @param test steps of the test, in their order
 * @param ranked for each of them whether it is ranked
 * @param rules rules of the test
 * @param askedAt the time of every request, or null for that of the step
 */
@SuppressWarnings("ArrayRecordComponent") // a column that is never modified
record Plan(
        String protocol,
        Trace trace,
        List<Step> before,
        int batch,
        List<Step> test,
        boolean[] ranked,
        Rules rules,
        @Nullable Instant askedAt) {
    private static final String STREAM = "prequential";
    static final String LEAVE_LAST_ONE_OUT = "leave-last-one-out";

    private static final int OPENING_PERCENT = 30;
    private static final int MAX_OPENING = 30_000;
    private static final int TESTED_PERCENT = 20;

    /** Maximum number of interactions ranked for each variant of a stream, evenly spread. */
    private static final int MAX_RANKED = 6_000;

    /** Maximum number of interactions ranked for each variant before a test, evenly spread. */
    private static final int MAX_RANKED_BEFORE_TEST = 1_500;

    /** What becomes of a step after it was ranked. */
    enum After {
        /** It is learned. */
        LEARN,
        /** It is added to the history of its person, and nothing else is learned from it. */
        OBSERVE,
        /** Nothing: each person is ranked once. */
        FORGET
    }

    /**
     * Rules of a test.
     *
     * @param repeats whether items with which a person has interacted are ranked again
     * @param sessions whether a person is a session, whose first interaction is not ranked
     * @param every one in this many interactions is ranked
     */
    record Rules(boolean repeats, After after, boolean sessions, int every) {}

    /** Returns the plan that ranks each interaction of a stream, then learns it. */
    static Plan stream(Trace trace, boolean repeats, int every) {
        return splitAt(STREAM, trace, 0, new Rules(repeats, After.LEARN, false, every));
    }

    /** Returns the plan that learns the first steps of a trace and ranks what came then. */
    static Plan splitAt(Trace trace, int begin, Rules rules) {
        return splitAt("split-at", trace, begin, rules);
    }

    private static Plan splitAt(String protocol, Trace trace, int begin, Rules rules) {
        List<Step> steps = trace.steps();
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
        return new Plan(
                protocol,
                trace,
                steps.subList(0, begin),
                1,
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
    static Plan leaveLastOneOut(Trace trace, boolean repeats, boolean sessions, int every) {
        List<Step> steps = trace.steps();
        Map<Integer, Integer> last = new HashMap<>();
        Map<Integer, Integer> counts = new HashMap<>();
        for (int at = 0; at < steps.size(); at++) {
            FirstInteraction interaction = steps.get(at).interaction();
            if (repeats || interaction.first()) {
                last.put(interaction.person(), at);
                counts.merge(interaction.person(), 1, Integer::sum);
            }
        }
        last.keySet().removeIf(person -> counts.getOrDefault(person, 0) < 2);
        List<Step> before = new ArrayList<>();
        List<Step> test = new ArrayList<>();
        for (int at = 0; at < steps.size(); at++) {
            FirstInteraction interaction = steps.get(at).interaction();
            Integer held = last.get(interaction.person());
            if (held != null && held == at) {
                test.add(steps.get(at));
            } else if (held == null
                    || repeats
                    || steps.get(held).interaction().item() != interaction.item()) {
                before.add(steps.get(at));
            }
        }
        boolean[] ranked = new boolean[test.size()];
        for (int at = 0; at < ranked.length; at += every) {
            ranked[at] = true;
        }
        Numbers people = new Numbers();
        Numbers items = new Numbers();
        return new Plan(
                LEAVE_LAST_ONE_OUT,
                trace,
                numbered(before, people, items),
                1,
                numbered(test, people, items),
                ranked,
                new Rules(repeats, After.OBSERVE, sessions, every),
                steps.getLast().interaction().at().plusSeconds(1));
    }

    private static List<Step> numbered(List<Step> steps, Numbers people, Numbers items) {
        return steps.stream()
                .map(
                        step -> {
                            FirstInteraction was = step.interaction();
                            int person = people.of(was.person());
                            int item = items.of(was.item());
                            return new Step(was.numbered(person, item, was.first()), step.row());
                        })
                .toList();
    }

    /** Returns the plan with this many steps in one version of what is learned before the test. */
    Plan inBatches(int steps) {
        return new Plan(protocol, trace, before, steps, test, ranked, rules, askedAt);
    }

    /** Returns whether the whole stream is ranked and learned in turn. */
    boolean isStream() {
        return protocol.equals(STREAM);
    }

    boolean isFrozen() {
        return rules.after != After.LEARN;
    }

    /** Returns the number of ranks that count. */
    int depth() {
        return isStream() ? 10 : 20;
    }

    /** Returns the number of steps of a pass. */
    long steps() {
        return (long) before.size() + test.size();
    }

    /**
     * Returns the plan by which the settings of baselines are chosen.
     *
     * <p>On a stream it ranks the first {@value #OPENING_PERCENT} % of the events, at most {@value
     * #MAX_OPENING}. The chosen variant then processes the whole stream from its beginning, so its
     * figures over the whole stream include data on which it was chosen, which favours the
     * baseline. Those over the last 70 % do not.
     *
     * <p>Before a test it learns what is learned before, of which the last {@value #TESTED_PERCENT}
     * % are ranked by the rules of the test.
     */
    Plan choice() {
        boolean stream = isStream();
        List<Step> learned = stream ? test : before;
        long all = learned.size();
        int size = stream ? (int) Math.min(MAX_OPENING, all * OPENING_PERCENT / 100) : (int) all;
        int begin = stream ? 0 : (int) (all * (100 - TESTED_PERCENT) / 100);
        Trace part = trace.with(learned.subList(0, size));
        int asked = stream ? size - part.repeats() : size - begin;
        int most = stream ? MAX_RANKED : MAX_RANKED_BEFORE_TEST;
        int every = Math.max(1, (asked + most - 1) / most);
        boolean repeats = rules.repeats && !stream;
        return splitAt(
                protocol, part, begin, new Rules(repeats, rules.after, rules.sessions, every));
    }

    /** Returns the step of the test with which a list is asked for, at the time of the request. */
    Step request(int at) {
        Step own = test.get(at);
        return askedAt == null ? own : new Step(own.interaction().at(askedAt), own.row());
    }

    /** Changes the state by what becomes of a step after it was ranked. */
    void advance(StreamState state, FirstInteraction actual) {
        switch (rules.after) {
            case LEARN -> state.learn(actual);
            case OBSERVE -> state.observe(actual);
            case FORGET -> {}
        }
    }
}
