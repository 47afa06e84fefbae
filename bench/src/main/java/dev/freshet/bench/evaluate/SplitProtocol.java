package dev.freshet.bench.evaluate;

import dev.freshet.candidate.RequestContext;
import dev.freshet.event.Context;
import dev.freshet.model.settings.BasketSettings;
import dev.freshet.query.RecommendationQuery.Repeats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Split protocol: learns all train lines in one pass, then ranks all items of the train lines
 * without those of the user.
 */
final class SplitProtocol {
    /** Number of pairs in one version of the model. */
    static final int BATCH = 1_000;

    private final Split split;
    private final int[] evaluatedUsers;

    /**
     * Creates the protocol over one split.
     *
     * @param every one in this many users is evaluated
     */
    SplitProtocol(Split split, int every) {
        this.split = split;
        int[] all = split.evaluatedUsers();
        int[] some = new int[(all.length + every - 1) / every];
        Arrays.setAll(some, at -> all[at * every]);
        evaluatedUsers = some;
    }

    /** Returns the number of steps of a pass: pairs learned and users evaluated. */
    long steps() {
        return (long) split.size() + evaluatedUsers.length;
    }

    /** Returns the number of evaluated users. */
    int users() {
        return evaluatedUsers.length;
    }

    /** Runs the pass of the product. */
    List<SplitBoard> product(
            ReplaySettings settings, List<Contender> contenders, LongConsumer done) {
        return learned(settings, done).ask(contenders, done);
    }

    /** Returns the product after it has learned all train lines. */
    Learned learned(ReplaySettings settings, LongConsumer done) {
        TraceReplay replay = new TraceReplay(settings, List.of());
        StreamState state = new StreamState(split.items());
        for (int from = 0; from < split.size(); from += BATCH) {
            List<ReplayStep> batch = split.steps(from, Math.min(from + BATCH, split.size()));
            replay.learn(batch);
            batch.forEach(step -> state.learn(step.interaction()));
            done.accept(from + batch.size());
        }
        return new Learned(replay, state);
    }

    /** A trained model that no longer learns, for the evaluation of each user. */
    final class Learned {
        private final TraceReplay replay;
        private final StreamState state;

        private Learned(TraceReplay replay, StreamState state) {
            this.replay = replay;
            this.state = state;
        }

        /** Changes the settings for reading baskets, without learning again. */
        void read(BasketSettings how) {
            replay.read(how);
        }

        /** Evaluates every contender for each user. */
        List<SplitBoard> ask(List<Contender> contenders, LongConsumer done) {
            List<SplitBoard> boards = new ArrayList<>();
            contenders.forEach(
                    one ->
                            boards.add(
                                    new SplitBoard(one.name(), one.kind(), evaluatedUsers.length)));
            EvaluatedAnswer answer = new EvaluatedAnswer();
            for (int at = 0; at < evaluatedUsers.length; at++) {
                int person = split.person(evaluatedUsers[at]);
                Eligible eligible = new Eligible(state, person, false);
                RequestContext request =
                        replay.request(
                                person,
                                Split.userId(evaluatedUsers[at]),
                                Context.UNKNOWN,
                                split.end(),
                                SplitBoard.DEPTH,
                                Repeats.NEVER);
                for (int i = 0; i < contenders.size(); i++) {
                    contenders.get(i).answer(request, replay, eligible, answer);
                    boards.get(i).put(answer, split.toFind(evaluatedUsers[at]));
                }
                done.accept((long) split.size() + at + 1);
            }
            return boards;
        }
    }

    /** Runs the pass of the baselines. */
    List<SplitBoard> baselines(List<Baseline> baselines) {
        List<SplitBoard> boards = new ArrayList<>();
        baselines.forEach(
                one ->
                        boards.add(
                                new SplitBoard(
                                        one.name(),
                                        Scoreboard.Kind.BASELINE,
                                        evaluatedUsers.length)));
        StreamState state = new StreamState(split.items());
        for (int from = 0; from < split.size(); from += BATCH) {
            for (ReplayStep step : split.steps(from, Math.min(from + BATCH, split.size()))) {
                baselines.forEach(baseline -> baseline.learn(step.interaction()));
                state.learn(step.interaction());
            }
        }
        EvaluatedAnswer answer = new EvaluatedAnswer();
        float[] scores = new float[state.items()];
        for (int user : evaluatedUsers) {
            FirstInteraction moment = split.request(user);
            Eligible eligible = new Eligible(state, moment.person(), false);
            for (int i = 0; i < baselines.size(); i++) {
                baselines.get(i).score(moment, scores);
                answer.clear();
                answer.scores(scores, eligible, SplitBoard.DEPTH);
                boards.get(i).put(answer, split.toFind(user));
            }
        }
        return boards;
    }
}
