package dev.freshet.bench.evaluate;

import dev.freshet.candidate.RequestContext;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.query.RecommendationQuery.Repeats;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Test, then learn: at each of the moments the contenders rank what this person could meet, then
 * everybody learns what was met. Two passes that share nothing, one for the product and one for the
 * rivals, so that they may run side by side.
 */
final class Prequential {
    /** How many places count. */
    static final int DEPTH = 10;

    private final Trace trace;

    Prequential(Trace trace) {
        this.trace = trace;
    }

    /**
     * Contenders and when they are asked.
     *
     * @param repeats whether items that a person has met are ranked for it again
     * @param boards for each contender, in their order
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
     * The product's pass.
     *
     * @param watches whose boards are to be filled
     * @param done is told how many steps are behind
     */
    void product(ModelSettings settings, List<Watch> watches, LongConsumer done) {
        Stand stand = new Stand(trace.items());
        TraceReplay replay = new TraceReplay(settings);
        replay.put(trace.catalogue());
        EvaluatedAnswer answer = new EvaluatedAnswer();
        int[] next = new int[watches.size()];
        for (int at = 0; at < trace.steps().size(); at++) {
            ReplayStep step = trace.steps().get(at);
            for (int i = 0; i < next.length; i++) {
                if (watches.get(i).moments.isAt(next[i], at)) {
                    if (step.interaction().item() < stand.items()) {
                        ask(watches.get(i), next[i], step, stand, replay, answer);
                    }
                    next[i]++;
                }
            }
            replay.learn(List.of(step));
            stand.learn(step.interaction());
            done.accept(at + 1L);
        }
    }

    private static void ask(
            Watch watch,
            int moment,
            ReplayStep step,
            Stand stand,
            TraceReplay replay,
            EvaluatedAnswer answer) {
        FirstInteraction asked = step.interaction();
        Eligible eligible = new Eligible(stand, asked.person(), watch.repeats);
        RequestContext request =
                replay.request(
                        asked.person(),
                        step.row().userId(),
                        step.row().context(),
                        step.row().correctedAt(),
                        DEPTH,
                        watch.repeats ? Repeats.ALWAYS : Repeats.NEVER);
        for (int i = 0; i < watch.contenders.size(); i++) {
            watch.contenders.get(i).answer(request, replay, eligible, answer);
            watch.boards.get(i).put(moment, answer.place(asked.item(), eligible));
            show(answer, stand, watch.boards.get(i));
        }
    }

    /**
     * The rivals' pass.
     *
     * @return a board for each, in their order
     */
    List<Scoreboard> rivals(Moments moments, List<Baseline> rivals) {
        List<Scoreboard> boards =
                rivals.stream()
                        .map(
                                one ->
                                        new Scoreboard(
                                                one.name(), Scoreboard.Kind.RIVAL, moments.size()))
                        .toList();
        Stand stand = new Stand(trace.items());
        EvaluatedAnswer answer = new EvaluatedAnswer();
        int moment = 0;
        for (int at = 0; at < trace.steps().size(); at++) {
            FirstInteraction asked = trace.steps().get(at).interaction();
            if (moments.isAt(moment, at)) {
                if (asked.item() < stand.items()) {
                    Eligible eligible = new Eligible(stand, asked.person(), false);
                    float[] scores = new float[stand.items()];
                    for (int i = 0; i < rivals.size(); i++) {
                        rivals.get(i).score(asked, scores);
                        answer.clear();
                        answer.scores(scores, eligible, DEPTH);
                        boards.get(i)
                                .put(moment, EvaluatedAnswer.place(asked.item(), scores, eligible));
                        show(answer, stand, boards.get(i));
                    }
                }
                moment++;
            }
            rivals.forEach(rival -> rival.learn(asked));
            stand.learn(asked);
        }
        return boards;
    }

    private static void show(EvaluatedAnswer answer, Stand stand, Scoreboard scores) {
        for (int rank = 0; rank < answer.top(DEPTH); rank++) {
            scores.show(answer.item(rank), stand.surprise(answer.item(rank)));
        }
    }
}
