package dev.freshet.bench.evaluate;

import dev.freshet.candidate.RequestContext;
import dev.freshet.query.RecommendationQuery.Repeats;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Learns the first part of a {@link TestPlan}, then ranks the steps of the test in turn. The
 * history of the person grows with each; a frozen test learns nothing else from them. The product
 * and the baselines run in two independent passes.
 */
final class TestProtocol {
    private final Trace trace;
    private final TestPlan plan;
    private final TestMoments moments;

    TestProtocol(Trace trace, TestPlan plan) {
        this.trace = trace;
        this.plan = plan;
        moments = TestMoments.of(plan);
    }

    TestMoments moments() {
        return moments;
    }

    /** Returns the number of steps of a pass. */
    long steps() {
        return (long) plan.before().size() + plan.test().size();
    }

    /** Returns the number of moments whose item nobody interacted with before. */
    int neverSeen() {
        StreamState state = new StreamState(trace.items());
        plan.before().forEach(step -> state.learn(step.interaction()));
        int count = 0;
        for (int at = 0; at < plan.test().size(); at++) {
            FirstInteraction actual = plan.test().get(at).interaction();
            count += moments.at(at) >= 0 && actual.item() >= state.items() ? 1 : 0;
            advance(state, actual);
        }
        return count;
    }

    private void advance(StreamState state, FirstInteraction actual) {
        if (plan.rules().frozen()) {
            state.observe(actual);
        } else {
            state.learn(actual);
        }
    }

    /**
     * Runs the pass of the product.
     *
     * @param done receives the number of completed steps
     * @return a board for each contender, in their order
     */
    List<TestBoard> product(
            ReplaySettings settings, List<Contender> contenders, LongConsumer done) {
        List<TestBoard> boards =
                contenders.stream()
                        .map(one -> new TestBoard(one.name(), one.kind(), moments.size()))
                        .toList();
        TraceReplay replay = new TraceReplay(settings, trace.catalogue(), trace.profiles());
        StreamState state = new StreamState(trace.items());
        EvaluatedAnswer answer = new EvaluatedAnswer();
        long steps = 0;
        for (ReplayStep step : plan.before()) {
            replay.learn(List.of(step));
            state.learn(step.interaction());
            done.accept(++steps);
        }
        for (int at = 0; at < plan.test().size(); at++) {
            ReplayStep step = plan.test().get(at);
            if (!plan.rules().frozen()) {
                replay.reach(step);
            }
            if (moments.at(at) >= 0) {
                Eligible eligible = eligible(state, step.interaction());
                RequestContext request =
                        replay.request(
                                step.interaction().person(),
                                step.row().userId(),
                                step.row().context(),
                                plan.askedAt(at),
                                TestBoard.DEPTH,
                                plan.rules().repeats() ? Repeats.ALWAYS : Repeats.NEVER);
                for (int i = 0; i < contenders.size(); i++) {
                    contenders.get(i).answer(request, replay, eligible, answer);
                    if (step.interaction().item() < state.items()) {
                        put(
                                boards.get(i),
                                at,
                                answer.place(step.interaction().item(), eligible),
                                answer);
                    } else {
                        recall(boards.get(i), at, answer);
                    }
                }
            }
            if (plan.rules().frozen()) {
                replay.observe(step);
            } else {
                replay.learn(List.of(step));
            }
            advance(state, step.interaction());
            done.accept(++steps);
        }
        return boards;
    }

    private Eligible eligible(StreamState state, FirstInteraction actual) {
        return new Eligible(state, actual.person(), plan.rules().repeats());
    }

    private void put(TestBoard board, int at, RankedPlace place, EvaluatedAnswer answer) {
        int who = plan.test().get(at).interaction().person();
        int moment = moments.at(at);
        board.put(
                moment,
                place,
                answer,
                item -> moments.isWanted(at, item, who),
                moments.wanted(moment));
    }

    private void recall(TestBoard board, int at, EvaluatedAnswer answer) {
        int who = plan.test().get(at).interaction().person();
        int moment = moments.at(at);
        board.recall(
                moment, answer, item -> moments.isWanted(at, item, who), moments.wanted(moment));
    }

    /**
     * Runs the pass of the baselines.
     *
     * @return a board for each, in their order
     */
    List<TestBoard> baselines(List<Baseline> baselines) {
        List<TestBoard> boards =
                baselines.stream()
                        .map(
                                one ->
                                        new TestBoard(
                                                one.name(),
                                                Scoreboard.Kind.BASELINE,
                                                moments.size()))
                        .toList();
        StreamState state = new StreamState(trace.items());
        for (ReplayStep step : plan.before()) {
            baselines.forEach(baseline -> baseline.learn(step.interaction()));
            state.learn(step.interaction());
        }
        baselines.forEach(Baseline::startTest);
        EvaluatedAnswer answer = new EvaluatedAnswer();
        for (int at = 0; at < plan.test().size(); at++) {
            FirstInteraction actual = plan.test().get(at).interaction();
            if (moments.at(at) >= 0) {
                Eligible eligible = eligible(state, actual);
                float[] scores = new float[state.items()];
                for (int i = 0; i < baselines.size(); i++) {
                    baselines.get(i).score(plan.request(at), scores);
                    answer.clear();
                    answer.scores(scores, eligible, TestBoard.DEPTH);
                    if (actual.item() < state.items()) {
                        RankedPlace place = EvaluatedAnswer.place(actual.item(), scores, eligible);
                        put(boards.get(i), at, place, answer);
                    } else {
                        recall(boards.get(i), at, answer);
                    }
                }
            }
            for (Baseline baseline : baselines) {
                if (plan.rules().frozen()) {
                    baseline.observe(actual);
                } else {
                    baseline.learn(actual);
                }
            }
            advance(state, actual);
        }
        return boards;
    }
}
