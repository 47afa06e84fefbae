package dev.freshet.bench.evaluate;

import dev.freshet.bench.baseline.FirstInteraction;
import dev.freshet.bench.evaluate.Method.Entrant;
import dev.freshet.bench.evaluate.Method.Request;
import dev.freshet.bench.evaluate.Moments.Moment;
import dev.freshet.bench.evaluate.Plan.After;
import dev.freshet.bench.evaluate.StreamState.Eligible;
import dev.freshet.bench.evaluate.Trace.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * One pass of methods over a plan: they learn what is before the test, then rank the steps of the
 * test in turn, each of which is learned or observed after it was ranked.
 */
final class Pass {
    private final Plan plan;
    private final Moments moments;

    Pass(Plan plan) {
        this.plan = plan;
        moments = Moments.of(plan);
    }

    Moments moments() {
        return moments;
    }

    /**
     * Runs the pass.
     *
     * @param done receives the number of completed steps
     * @return a board for each entrant, in their order
     */
    List<Scoreboard> run(List<Method> methods, LongConsumer done) {
        return test(methods, learned(methods, done), done);
    }

    /** Lets the methods learn what is before the test, and returns the state then. */
    StreamState learned(List<Method> methods, LongConsumer done) {
        StreamState state = new StreamState(plan.trace().items());
        int size = plan.before().size();
        for (int from = 0; from < size; from += plan.batch()) {
            List<Step> batch =
                    List.copyOf(plan.before().subList(from, Math.min(from + plan.batch(), size)));
            inTurn(from / plan.batch(), methods).forEach(method -> method.learn(batch));
            batch.forEach(step -> state.learn(step.interaction()));
            done.accept(from + batch.size());
        }
        methods.forEach(Method::startTest);
        return state;
    }

    /** Tests methods that have learned what is before. */
    List<Scoreboard> test(List<Method> methods, StreamState state, LongConsumer done) {
        Map<Method, List<Scoreboard>> boards = new LinkedHashMap<>();
        methods.forEach(method -> boards.put(method, boards(method)));
        for (int at = 0; at < plan.test().size(); at++) {
            Step step = plan.test().get(at);
            List<Method> turns = inTurn(at, methods);
            if (!plan.isFrozen()) {
                turns.forEach(method -> method.reach(step));
            }
            rank(turns, boards, at, state);
            for (Method method : turns) {
                switch (plan.rules().after()) {
                    case LEARN -> method.learn(List.of(step));
                    case OBSERVE -> method.observe(step);
                    case FORGET -> {}
                }
            }
            plan.advance(state, step.interaction());
            done.accept(plan.before().size() + at + 1L);
        }
        return boards.values().stream().flatMap(List::stream).toList();
    }

    /**
     * Returns the methods in the order of a step: another one is first each time, since the first
     * pays for what all of them read.
     */
    private static List<Method> inTurn(int step, List<Method> methods) {
        List<Method> turns = new ArrayList<>(methods);
        Collections.rotate(turns, step);
        return turns;
    }

    private List<Scoreboard> boards(Method method) {
        List<Entrant> entrants = method.entrants();
        Moments all =
                entrants.stream().anyMatch(Entrant::amongRepeats)
                        ? Moments.of(Plan.stream(plan.trace(), true, plan.rules().every()))
                        : moments;
        return entrants.stream()
                .map(one -> new Scoreboard(one, one.amongRepeats() ? all : moments))
                .toList();
    }

    private void rank(
            List<Method> turns, Map<Method, List<Scoreboard>> boards, int at, StreamState state) {
        FirstInteraction actual = plan.test().get(at).interaction();
        boolean known = actual.item() < state.items();
        if (!known && plan.isStream()) {
            return;
        }
        Request first = request(at, state, plan.rules().repeats());
        Request again = request(at, state, true);
        for (Method method : turns) {
            List<Scoreboard> own = boards.getOrDefault(method, List.of());
            for (int entrant = 0; entrant < own.size(); entrant++) {
                Scoreboard board = own.get(entrant);
                int moment = board.moments().at(at);
                if (moment >= 0) {
                    Request request = board.entrant().amongRepeats() ? again : first;
                    EvaluatedAnswer answer = new EvaluatedAnswer(request.eligible());
                    method.list(entrant, request, answer);
                    put(board, moment, known, request, answer);
                }
            }
        }
    }

    private Request request(int at, StreamState state, boolean repeats) {
        Step step = plan.request(at);
        Eligible eligible = new Eligible(state, step.interaction().person(), repeats);
        return new Request(step, eligible, plan.depth());
    }

    private void put(
            Scoreboard board, int moment, boolean known, Request request, EvaluatedAnswer answer) {
        FirstInteraction actual = request.step().interaction();
        if (known && plan.rules().after() != After.FORGET) {
            board.put(Scoreboard.Column.RANK, moment, answer.rank(actual.item()));
        }
        if (plan.isStream()) {
            board.show(answer, request.depth(), request.eligible().state());
        } else {
            Moment now = moments.all().get(moment);
            board.recall(
                    moment,
                    answer,
                    item -> moments.isWanted(now.step(), item, actual.person()),
                    now.wanted());
        }
    }
}
