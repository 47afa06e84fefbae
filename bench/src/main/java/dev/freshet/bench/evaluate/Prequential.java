package dev.freshet.bench.evaluate;

import dev.freshet.candidate.Visit;
import dev.freshet.model.ModelSettings;
import dev.freshet.query.RecommendationQuery.Repeats;
import java.util.ArrayList;
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
    private final Moments moments;
    private final boolean repeats;

    /**
     * One protocol over one trace.
     *
     * @param repeats whether items that a person has met are ranked for it again
     */
    Prequential(Trace trace, Moments moments, boolean repeats) {
        this.trace = trace;
        this.moments = moments;
        this.repeats = repeats;
    }

    /**
     * The product's pass.
     *
     * @param done is told how many steps are behind
     * @return a board for each contender, in their order
     */
    List<Scoreboard> product(
            ModelSettings settings, List<Contender> contenders, LongConsumer done) {
        List<Scoreboard> boards = new ArrayList<>();
        contenders.forEach(one -> boards.add(board(one.name(), one.kind())));
        Stand stand = new Stand(trace.items());
        Replay replay = new Replay(settings);
        replay.put(trace.catalogue());
        Answer answer = new Answer();
        int moment = 0;
        for (int at = 0; at < trace.steps().size(); at++) {
            Step step = trace.steps().get(at);
            Meeting asked = step.meeting();
            if (isMoment(moment, at)) {
                if (asked.item() < stand.items()) {
                    Eligible eligible = new Eligible(stand, asked.person(), repeats);
                    Visit visit = visit(replay, step);
                    for (int i = 0; i < contenders.size(); i++) {
                        contenders.get(i).answer(visit, replay, eligible, answer);
                        boards.get(i).put(moment, answer.place(asked.item(), eligible));
                        show(answer, stand, boards.get(i));
                    }
                }
                moment++;
            }
            replay.learn(List.of(step));
            stand.learn(asked);
            done.accept(at + 1L);
        }
        return boards;
    }

    /** The rivals' pass. */
    List<Scoreboard> rivals(List<Rival> rivals) {
        List<Scoreboard> boards = new ArrayList<>();
        rivals.forEach(one -> boards.add(board(one.name(), Scoreboard.Kind.RIVAL)));
        Stand stand = new Stand(trace.items());
        Answer answer = new Answer();
        int moment = 0;
        for (int at = 0; at < trace.steps().size(); at++) {
            Meeting asked = trace.steps().get(at).meeting();
            if (isMoment(moment, at)) {
                if (asked.item() < stand.items()) {
                    Eligible eligible = new Eligible(stand, asked.person(), repeats);
                    float[] scores = new float[stand.items()];
                    for (int i = 0; i < rivals.size(); i++) {
                        rivals.get(i).score(asked, scores);
                        answer.clear();
                        answer.scores(scores, eligible, DEPTH);
                        boards.get(i).put(moment, Answer.place(asked.item(), scores, eligible));
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

    private boolean isMoment(int moment, int step) {
        return moment < moments.size() && moments.step()[moment] == step;
    }

    private Visit visit(Replay replay, Step step) {
        return replay.visit(
                step.meeting().person(),
                step.row().readerId(),
                step.row().context(),
                step.row().correctedAt(),
                DEPTH,
                repeats ? Repeats.ALWAYS : Repeats.NEVER);
    }

    private Scoreboard board(String name, Scoreboard.Kind kind) {
        return new Scoreboard(name, kind, moments.size());
    }

    private static void show(Answer answer, Stand stand, Scoreboard board) {
        for (int rank = 0; rank < answer.top(DEPTH); rank++) {
            board.show(answer.item(rank), stand.surprise(answer.item(rank)));
        }
    }
}
