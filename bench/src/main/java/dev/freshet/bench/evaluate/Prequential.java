package dev.freshet.bench.evaluate;

import dev.freshet.bench.rerank.RerankedBlend;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.blend.Draws;
import dev.freshet.query.RecommendationQuery.Repeats;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Test-then-learn protocol: at each moment the contenders rank the eligible items, then all learn
 * the actual interaction. The product and the baselines run in two independent passes, which can
 * run concurrently.
 */
final class Prequential {
    /** Number of ranks that count. */
    static final int DEPTH = 10;

    private final Trace trace;

    Prequential(Trace trace) {
        this.trace = trace;
    }

    /**
     * Contenders and the moments at which they rank.
     *
     * @param repeats whether items with which a person has interacted are ranked again
     * @param boards scoreboard of each contender, in their order
     */
    record Watch(
            Moments moments, boolean repeats, List<Contender> contenders, List<Scoreboard> boards) {
        static Watch of(Moments moments, boolean repeats, List<Contender> contenders) {
            return new Watch(
                    moments,
                    repeats,
                    contenders,
                    contenders.stream()
                            .map(one -> new Scoreboard(one.name(), one.kind(), moments.size()))
                            .toList());
        }
    }

    /**
     * Runs the pass of the product.
     *
     * @param watches contenders, whose boards are filled
     * @param done receives the number of completed steps
     */
    void product(ReplaySettings settings, List<Watch> watches, LongConsumer done) {
        product(settings, watches, null, done);
    }

    /**
     * Runs the pass of the product.
     *
     * @param losses table that is filled at the moments of the first watch, or null
     */
    void product(
            ReplaySettings settings,
            List<Watch> watches,
            @Nullable LossTable losses,
            LongConsumer done) {
        StreamState state = new StreamState(trace.items());
        TraceReplay replay = new TraceReplay(settings, trace.catalogue(), trace.profiles());
        EvaluatedAnswer answer = new EvaluatedAnswer();
        int[] next = new int[watches.size()];
        for (int at = 0; at < trace.steps().size(); at++) {
            ReplayStep step = trace.steps().get(at);
            replay.reach(step);
            for (int i = 0; i < next.length; i++) {
                if (watches.get(i).moments.isAt(next[i], at)) {
                    LossTable told = i == 0 ? losses : null;
                    if (step.interaction().item() < state.items()) {
                        ask(watches.get(i), next[i], step, state, replay, answer, told);
                    } else if (told != null) {
                        told.countNeverSeen();
                    }
                    next[i]++;
                }
            }
            if (step.interaction().first() && RerankedBlend.isDue(new Draws(at))) {
                teach(watches, step, state, replay);
            }
            replay.learn(List.of(step));
            state.learn(step.interaction());
            done.accept(at + 1L);
        }
    }

    /** Teaches the contenders that learn by themselves, before the model learns. */
    private static void teach(
            List<Watch> watches, ReplayStep step, StreamState state, TraceReplay replay) {
        List<ObjIntConsumer<RequestContext>> learners =
                watches.stream()
                        .flatMap(watch -> watch.contenders.stream())
                        .flatMap(one -> one.learn().stream())
                        .toList();
        int item = replay.model().items().index(step.row().target().id());
        if (learners.isEmpty() || item < 0 || step.interaction().item() >= state.items()) {
            return;
        }
        RequestContext request =
                replay.request(
                        step.interaction().person(),
                        step.row().userId(),
                        step.row().context(),
                        step.row().correctedAt(),
                        DEPTH,
                        Repeats.NEVER);
        learners.forEach(learner -> learner.accept(request, item));
    }

    private static void ask(
            Watch watch,
            int moment,
            ReplayStep step,
            StreamState state,
            TraceReplay replay,
            EvaluatedAnswer answer,
            @Nullable LossTable losses) {
        FirstInteraction actual = step.interaction();
        Eligible eligible = new Eligible(state, actual.person(), watch.repeats);
        RequestContext request =
                replay.request(
                        actual.person(),
                        step.row().userId(),
                        step.row().context(),
                        step.row().correctedAt(),
                        DEPTH,
                        watch.repeats ? Repeats.ALWAYS : Repeats.NEVER);
        if (losses != null) {
            losses.count(request, replay, eligible, actual.item(), step.row().target().id());
        }
        for (int i = 0; i < watch.contenders.size(); i++) {
            watch.contenders.get(i).answer(request, replay, eligible, answer);
            watch.boards.get(i).put(moment, answer.place(actual.item(), eligible));
            show(answer, state, watch.boards.get(i));
        }
    }

    /**
     * Runs the pass of the baselines.
     *
     * @param repeats whether items with which a person has interacted are ranked again
     * @return a board for each, in their order
     */
    List<Scoreboard> baselines(Moments moments, boolean repeats, List<Baseline> baselines) {
        List<Scoreboard> boards =
                baselines.stream()
                        .map(
                                one ->
                                        new Scoreboard(
                                                one.name(),
                                                Scoreboard.Kind.BASELINE,
                                                moments.size()))
                        .toList();
        StreamState state = new StreamState(trace.items());
        EvaluatedAnswer answer = new EvaluatedAnswer();
        int moment = 0;
        for (int at = 0; at < trace.steps().size(); at++) {
            FirstInteraction request = trace.steps().get(at).interaction();
            if (moments.isAt(moment, at)) {
                if (request.item() < state.items()) {
                    Eligible eligible = new Eligible(state, request.person(), repeats);
                    float[] scores = new float[state.items()];
                    for (int i = 0; i < baselines.size(); i++) {
                        baselines.get(i).score(request, scores);
                        answer.clear();
                        answer.scores(scores, eligible, DEPTH);
                        boards.get(i)
                                .put(
                                        moment,
                                        EvaluatedAnswer.place(request.item(), scores, eligible));
                        show(answer, state, boards.get(i));
                    }
                }
                moment++;
            }
            baselines.forEach(baseline -> baseline.learn(request));
            state.learn(request);
        }
        return boards;
    }

    private static void show(EvaluatedAnswer answer, StreamState state, Scoreboard scores) {
        for (int rank = 0; rank < answer.top(DEPTH); rank++) {
            scores.show(answer.item(rank), state.surprise(answer.item(rank)));
        }
    }
}
