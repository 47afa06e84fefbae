package dev.freshet.bench.evaluate;

import dev.freshet.candidate.RequestContext;
import dev.freshet.event.Context;
import dev.freshet.model.settings.BasketSettings;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.query.RecommendationQuery.Repeats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Learn all train lines in one pass, then rank every item that stands in train, less what the user
 * met there.
 */
final class SplitProtocol {
    /** Pairs that make one version of the model. */
    static final int BATCH = 1_000;

    private final Split split;
    private final int[] asked;

    /**
     * A protocol over one split.
     *
     * @param every one of so many users is asked for
     */
    SplitProtocol(Split split, int every) {
        this.split = split;
        int[] all = split.asked();
        int[] some = new int[(all.length + every - 1) / every];
        Arrays.setAll(some, at -> all[at * every]);
        asked = some;
    }

    /** Steps of a pass: pairs learned and users asked for. */
    long steps() {
        return (long) split.size() + asked.length;
    }

    /** How many users are asked for. */
    int users() {
        return asked.length;
    }

    /** The product's pass. */
    List<SplitBoard> product(
            ModelSettings settings, List<Contender> contenders, LongConsumer done) {
        return learned(settings, done).ask(contenders, done);
    }

    /** The product once it has learned all train lines. */
    Learned learned(ModelSettings settings, LongConsumer done) {
        TraceReplay replay = new TraceReplay(settings);
        Stand stand = new Stand(split.items());
        for (int from = 0; from < split.size(); from += BATCH) {
            List<ReplayStep> batch = split.steps(from, Math.min(from + BATCH, split.size()));
            replay.learn(batch);
            batch.forEach(step -> stand.learn(step.interaction()));
            done.accept(from + batch.size());
        }
        return new Learned(replay, stand);
    }

    /** A model that stands still, to be asked for each user. */
    final class Learned {
        private final TraceReplay replay;
        private final Stand stand;

        private Learned(TraceReplay replay, Stand stand) {
            this.replay = replay;
            this.stand = stand;
        }

        /** Reads baskets in another way from here on; what was learned stays. */
        void read(BasketSettings how) {
            replay.read(how);
        }

        /** Asks each user's question of every contender. */
        List<SplitBoard> ask(List<Contender> contenders, LongConsumer done) {
            List<SplitBoard> boards = new ArrayList<>();
            contenders.forEach(
                    one -> boards.add(new SplitBoard(one.name(), one.kind(), asked.length)));
            EvaluatedAnswer answer = new EvaluatedAnswer();
            for (int at = 0; at < asked.length; at++) {
                int person = split.person(asked[at]);
                Eligible eligible = new Eligible(stand, person, false);
                RequestContext request =
                        replay.request(
                                person,
                                Split.readerId(asked[at]),
                                Context.UNKNOWN,
                                split.end(),
                                SplitBoard.DEPTH,
                                Repeats.NEVER);
                for (int i = 0; i < contenders.size(); i++) {
                    contenders.get(i).answer(request, replay, eligible, answer);
                    boards.get(i).put(answer, split.toFind(asked[at]));
                }
                done.accept((long) split.size() + at + 1);
            }
            return boards;
        }
    }

    /** The rivals' pass. */
    List<SplitBoard> rivals(List<Baseline> rivals) {
        List<SplitBoard> boards = new ArrayList<>();
        rivals.forEach(
                one -> boards.add(new SplitBoard(one.name(), Scoreboard.Kind.RIVAL, asked.length)));
        Stand stand = new Stand(split.items());
        for (int from = 0; from < split.size(); from += BATCH) {
            for (ReplayStep step : split.steps(from, Math.min(from + BATCH, split.size()))) {
                rivals.forEach(rival -> rival.learn(step.interaction()));
                stand.learn(step.interaction());
            }
        }
        EvaluatedAnswer answer = new EvaluatedAnswer();
        float[] scores = new float[stand.items()];
        for (int user : asked) {
            FirstInteraction moment = split.question(user);
            Eligible eligible = new Eligible(stand, moment.person(), false);
            for (int i = 0; i < rivals.size(); i++) {
                rivals.get(i).score(moment, scores);
                answer.clear();
                answer.scores(scores, eligible, SplitBoard.DEPTH);
                boards.get(i).put(answer, split.toFind(user));
            }
        }
        return boards;
    }
}
