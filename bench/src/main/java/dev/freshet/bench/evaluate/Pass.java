package dev.freshet.bench.evaluate;

import dev.freshet.bench.baseline.FirstInteraction;
import dev.freshet.bench.evaluate.Method.Entrant;
import dev.freshet.bench.evaluate.Method.Request;
import dev.freshet.bench.evaluate.Moments.Moment;
import dev.freshet.bench.evaluate.Plan.After;
import dev.freshet.bench.evaluate.StreamState.Eligible;
import dev.freshet.bench.evaluate.Trace.Step;
import java.util.List;
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
            methods.forEach(method -> method.learn(batch));
            batch.forEach(step -> state.learn(step.interaction()));
            done.accept(from + batch.size());
        }
        methods.forEach(Method::startTest);
        return state;
    }

    /** Tests methods that have learned what is before. */
    List<Scoreboard> test(List<Method> methods, StreamState state, LongConsumer done) {
        List<List<Scoreboard>> boards = methods.stream().map(this::boards).toList();
        for (int at = 0; at < plan.test().size(); at++) {
            Step step = plan.test().get(at);
            if (!plan.isFrozen()) {
                methods.forEach(method -> method.reach(step));
            }
            rank(methods, boards, at, state);
            for (Method method : methods) {
                switch (plan.rules().after()) {
                    case LEARN -> method.learn(List.of(step));
                    case OBSERVE -> method.observe(step);
                    case FORGET -> {}
                }
            }
            plan.advance(state, step.interaction());
            done.accept(plan.before().size() + at + 1L);
        }
        return boards.stream().flatMap(List::stream).toList();
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
            List<Method> methods, List<List<Scoreboard>> boards, int at, StreamState state) {
        FirstInteraction actual = plan.test().get(at).interaction();
        boolean known = actual.item() < state.items();
        if (!known && plan.isStream()) {
            return;
        }
        Request first = request(at, state, plan.rules().repeats());
        Request again = request(at, state, true);
        for (int i = 0; i < methods.size(); i++) {
            List<Scoreboard> own = boards.get(i);
            for (int entrant = 0; entrant < own.size(); entrant++) {
                Scoreboard board = own.get(entrant);
                int moment = board.moments().at(at);
                if (moment >= 0) {
                    Request request = board.entrant().amongRepeats() ? again : first;
                    EvaluatedAnswer answer = new EvaluatedAnswer(request.eligible());
                    methods.get(i).list(entrant, request, answer);
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
