package dev.freshet.bench.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.privacy.Attacks.Score;
import dev.freshet.bench.privacy.StrangerGame.Question;
import dev.freshet.bench.privacy.StrangerGame.Rules;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.Model;
import dev.freshet.model.ModelDraft;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.ranking.Temperatures;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Games on a site of 150 people, who each took up five of 60 items: hardly two items have three
 * people in common.
 */
class StrangerGameTest {
    private static final int TARGETS = 120;
    private static final int PEOPLE = 150;
    private static final int EVENTS = 5 * PEOPLE;
    private static final int LEARNED = EVENTS - 50;
    private static final Rules WHOSE = rules(Question.WHOSE, false, false, List.of());

    private final List<Example.Interaction> events = new ArrayList<>();

    StrangerGameTest() {
        SplittableRandom random = new SplittableRandom(7);
        Instant first = Instant.parse("2026-05-01T12:00:00Z");
        for (int at = 1; at <= EVENTS; at++) {
            events.add(
                    new Example.Interaction(
                            new ShardPosition("events/0", BigInteger.valueOf(at)),
                            new Pseudonym(random.nextInt(PEOPLE)),
                            Target.item("item-" + random.nextInt(60)),
                            EventType.VIEW,
                            1,
                            0,
                            first.plusSeconds(600L * at),
                            Context.UNKNOWN));
        }
    }

    @Test
    void withoutALimitTheStrangerTellsWhatThePersonTookUp() {
        List<Score> scores = play(1, WHOSE, TARGETS);
        assertThat(scores).as("0, 1 and 2 ids").hasSize(3);
        assertThat(scores).allSatisfy(one -> assertThat(one.score()).isGreaterThan(0.3));
    }

    @Test
    void nothingIsToldOfAPersonInWhosePlaceAnotherOneTakesTheSecretUp() {
        Rules control = rules(Question.WHOSE, false, true, List.of());
        assertThat(play(1, control, TARGETS))
                .allSatisfy(one -> assertThat(one.score()).isLessThan(0.1));
    }

    @Test
    void pairsOfFewAreHiddenUntilTheStrangerHasIdsThatCountOrOthersComeToTheLimit() {
        List<Score> scores = play(3, WHOSE, TARGETS);
        assertThat(scores).as("0, 1, 2 and 6 ids").hasSize(4);
        assertThat(scores.getFirst().score()).isLessThan(0.15);
        assertThat(scores.get(2).score()).isGreaterThan(0.3);
        assertThat(scores).allSatisfy(one -> assertThat(one.upper()).isGreaterThan(one.score()));

        Rules madeUp = rules(Question.WHOSE, true, false, List.of(0));
        assertThat(play(3, madeUp, TARGETS))
                .singleElement()
                .satisfies(one -> assertThat(one.score()).isLessThan(0.25));
    }

    @Test
    void whichItemWasTakenUpAtAllShowsInCounts() {
        Rules which = rules(Question.WHICH, false, false, List.of(0));
        assertThat(play(3, which, TARGETS).getFirst().score()).isGreaterThan(0.3);
    }

    @Test
    void theSameSeedGivesTheSameScores() {
        assertThat(play(1, WHOSE, 30)).isEqualTo(play(1, WHOSE, 30));
    }

    private static Rules rules(
            Question question, boolean madeUp, boolean control, List<Integer> ids) {
        return new Rules(question, 1, madeUp, 5, control, ids, Temperatures.NONE);
    }

    private List<Score> play(int k, Rules rules, int targets) {
        ModelSettings settings = new ModelSettings(1_000, 10_000, 1_000, false).withKAnonymity(k);
        ModelDraft draft = Model.empty(settings).draft();
        events.subList(0, LEARNED).forEach(draft::apply);
        List<Score> scores =
                new StrangerGame(draft.seal(), events, LEARNED, rules)
                        .play(targets, 1, done -> {})
                        .scores();
        scores.forEach(score -> System.out.printf("k = %d, seed 1: %s%n", k, score));
        return scores;
    }
}
