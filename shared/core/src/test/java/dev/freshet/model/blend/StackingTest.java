package dev.freshet.model.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StackingTest {
    private static final ContextBucket MEDIUM = bucket(ContextBucket.UNKNOWN);
    private static final ContextBucket ON_PHONE = bucket(0);
    private static final ContextBucket ON_DESKTOP = bucket(2);

    /** A rate of 0.1 and units that are those of the signals. */
    private static final Stacking PLAIN =
            new Stacking(new Stacking.Settings(0.1, 0, 1, 1, 1, 0, 0, 1, 3, 0.02, 1));

    /** A least unit far below any spread in these tests. */
    private static final float FINE = 0.002f;

    private final Stacking stacking = new Stacking(Stacking.Settings.DEFAULT);

    private static ContextBucket bucket(int device) {
        return new ContextBucket(1, device, ContextBucket.UNKNOWN, ContextBucket.UNKNOWN);
    }

    private static BlendState initial(int signals) {
        return initial(signals, FINE);
    }

    private static BlendState initial(int signals, float leastUnit) {
        float[] leastUnits = new float[signals];
        Arrays.fill(leastUnits, leastUnit);
        int[] sourceOf = new int[signals];
        Arrays.setAll(sourceOf, signal -> signal);
        return BlendState.initial(new float[3][signals], leastUnits, sourceOf);
    }

    private static Choice choice(ContextBucket bucket, float[]... signals) {
        float[] stands = new float[signals.length];
        Arrays.fill(stands, 1);
        int[] ages = new int[signals.length];
        Arrays.fill(ages, ContextBucket.OLDER);
        return new Choice(bucket, signals.length, signals, ages, stands);
    }

    /** Returns a choice among ten that depends on one signal; the other signals are noise. */
    private static Choice choiceBy(ContextBucket bucket, int by, int signals, SplittableRandom r) {
        float[][] vectors = new float[10][signals];
        for (int at = 0; at < vectors.length; at++) {
            for (int signal = 0; signal < signals; signal++) {
                vectors[at][signal] = (float) r.nextGaussian(at == 0 && signal == by ? 1.5 : 0, 1);
            }
        }
        return choice(bucket, vectors);
    }

    private void learn(
            int times, int by, int signals, SplittableRandom random, BlendState.Draft draft) {
        for (int i = 0; i < times; i++) {
            stacking.learn(choiceBy(MEDIUM, by, signals, random), 1, draft);
        }
    }

    private static float[] weights(BlendState state, ContextBucket bucket) {
        return state.weights(bucket)[ContextBucket.OLDER];
    }

    @Test
    void oneStepIsWhatTheFormulaSays() {
        BlendState.Draft draft = initial(1).draft();
        PLAIN.learn(choice(MEDIUM, new float[] {3}, new float[] {1}), 1, draft);
        // Equal scores: probabilities ½; gradient ½·3 + ½·1 − 3 = −1; variance 1, so the unit is 1.
        double expected = 0.1 * 1 / Math.sqrt(1 + 1);
        assertThat(weights(draft.seal(), MEDIUM)[0]).isCloseTo((float) expected, within(1e-6f));
    }

    @Test
    void whatIsLearnedOfRepeatsDoesNotMoveTheOrderOfNewItems() {
        SplittableRandom random = new SplittableRandom(3);
        BlendState.Draft plain = initial(3).draft();
        BlendState.Draft mixed = initial(3).draft();
        for (int choice = 0; choice < 400; choice++) {
            Choice among = choiceBy(ON_PHONE, choice % 2, 3, random);
            stacking.learn(among, 1, plain);
            stacking.learn(withRepeats(among, choice % among.size()), 1, mixed);
            stacking.learn(repeated(among), 1, mixed);
        }
        assertThat(weights(mixed.seal(), ON_PHONE)).isEqualTo(weights(plain.seal(), ON_PHONE));
        assertThat(mixed.seal().steps()).isEqualTo(plain.seal().steps());
        assertThat(repeatWeights(plain.seal())).isEqualTo(weights(plain.seal(), ON_PHONE));
        assertThat(repeatWeights(mixed.seal())).isNotEqualTo(weights(mixed.seal(), ON_PHONE));
    }

    @Test
    void whoAlwaysComesBackTeachesThatRepeatsAreChosen() {
        SplittableRandom random = new SplittableRandom(4);
        BlendState.Draft back = initial(2).draft();
        BlendState.Draft on = initial(2).draft();
        for (int choice = 0; choice < 400; choice++) {
            float[][] vectors = new float[6][2];
            for (int at = 0; at < vectors.length; at++) {
                vectors[at][1] = (float) random.nextGaussian();
            }
            vectors[0][0] = 1;
            stacking.learn(classed(ON_PHONE, vectors, 0), 1, back);
            vectors[0][0] = 0;
            vectors[5][0] = 1;
            stacking.learn(classed(ON_PHONE, vectors, 5), 1, on);
        }
        assertThat(repeatWeights(back.seal())[0]).isGreaterThan(1);
        assertThat(repeatWeights(on.seal())[0]).isLessThan(-0.25f);
    }

    @Test
    void repeatsFollowTheLevelOfTheScoresOfNewItems() {
        BlendState.Draft draft = initial(2, 1).draft();
        draft.writable(MEDIUM.historyRow())[0] = 1;
        float[][] one = {{1, 0}, {1, 0}, {0, 1}};
        float[][] again = {{0, 1}, {1, 0}, {1, 0}};
        for (int choice = 0; choice < 800; choice++) {
            stacking.learn(
                    choice % 2 == 0 ? classed(MEDIUM, one, 2) : classed(MEDIUM, again, 0),
                    1,
                    draft);
        }
        float level = 1 + (float) Math.log(2);
        assertThat(draft.seal().weights(MEDIUM)[ContextBucket.AGES + ContextBucket.OLDER][1])
                .isCloseTo(level, within(0.2f));
    }

    @Test
    void aListWithRepeatsThatIsShownMovesTheirWeightsByThemAlone() {
        BlendState.Draft plain = initial(1).draft();
        BlendState.Draft mixed = initial(1).draft();
        float[][] both = {{3}, {1}, {2}};
        stacking.shown(choice(MEDIUM, new float[] {3}, new float[] {1}), plain);
        stacking.shown(classed(MEDIUM, both, 2), mixed);
        stacking.taken(classed(MEDIUM, new float[][] {{2}, {1}}, 0), 1, mixed);
        assertThat(weights(mixed.seal(), MEDIUM)).isEqualTo(weights(plain.seal(), MEDIUM));
        assertThat(mixed.seal().weights(MEDIUM)[ContextBucket.AGES + ContextBucket.OLDER])
                .isNotEqualTo(weights(mixed.seal(), MEDIUM));
    }

    private static float[] repeatWeights(BlendState state) {
        return state.weights(ON_PHONE)[ContextBucket.AGES + ContextBucket.OLDER];
    }

    /** Returns candidates of which one is a repeat. */
    private static Choice classed(ContextBucket bucket, float[][] signals, int repeat) {
        Choice choice = choice(bucket, signals);
        choice.classes()[repeat] += ContextBucket.AGES;
        return choice;
    }

    /** Returns a choice with a copy of one of its candidates added as a repeat. */
    private static Choice withRepeats(Choice choice, int copied) {
        float[][] signals = Arrays.copyOf(choice.signals(), choice.size() + 1);
        signals[choice.size()] = choice.signals()[copied];
        return classed(choice.bucket(), signals, choice.size());
    }

    /** Returns a choice in which the chosen candidate is a repeat. */
    private static Choice repeated(Choice choice) {
        return classed(choice.bucket(), choice.signals(), 0);
    }

    @Test
    void aListThatIsShownMovesWeightsByTheChancesThatItsItemsAreTaken() {
        BlendState.Draft draft = initial(1).draft();
        Choice list = choice(MEDIUM, new float[] {3}, new float[] {1});

        PLAIN.shown(list, draft);
        // Equal scores and no threshold yet: chances ½; gradient ½·3 + ½·1 = 2; the unit is 1.
        double lower = -0.1 * 2 / Math.sqrt(2 * 2 + 1);
        assertThat(weights(draft.seal(), MEDIUM)[0]).isCloseTo((float) lower, within(1e-6f));
        assertThat(draft.seal().steps()).isZero();

        PLAIN.taken(list, 1, draft);
        // The item taken has the signal 3: gradient −3, and the sum of squares is 4 + 9.
        double higher = lower + 0.1 * 3 / Math.sqrt(2 * 2 + 3 * 3 + 1);
        assertThat(weights(draft.seal(), MEDIUM)[0]).isCloseTo((float) higher, within(1e-6f));
        assertThat(draft.seal().steps()).isEqualTo(1);
    }

    /**
     * Returns the weights of two signals after lists of which an item is taken with log odds of
     * twice the first signal less three, where what is taken is learned some lists later.
     */
    private static float[] learnedFromLists(int later) {
        SplittableRandom random = new SplittableRandom(11);
        BlendState.Draft draft = initial(2).draft();
        Stacking stacking =
                new Stacking(new Stacking.Settings(0.3, 0, 1, 0.999, 1, 0, 0, 0.01, 10, 0.02, 1));
        Deque<List<Choice>> waiting = new ArrayDeque<>();
        for (int list = 0; list < 20_000; list++) {
            float[][] vectors = new float[10][];
            List<Choice> taken = new ArrayList<>();
            for (int at = 0; at < vectors.length; at++) {
                float signal = (float) random.nextGaussian();
                vectors[at] = new float[] {signal, (float) random.nextGaussian()};
                if (random.nextDouble() < 1 / (1 + Math.exp(3 - 2 * signal))) {
                    taken.add(choice(MEDIUM, vectors[at], new float[] {0, 0}));
                }
            }
            stacking.shown(choice(MEDIUM, vectors), draft);
            waiting.add(taken);
            if (waiting.size() > later) {
                waiting.remove().forEach(choice -> stacking.taken(choice, 1, draft));
            }
        }
        return weights(draft.seal(), MEDIUM);
    }

    @Test
    void fromListsTheWeightsOfALogisticRegressionAreLearnedHoweverLateItemsAreTaken() {
        for (int later : new int[] {0, 1, 300}) {
            float[] weights = learnedFromLists(later);
            assertThat(weights[0]).as("%d lists later", later).isBetween(1.7f, 2.3f);
            assertThat(weights[1]).as("%d lists later", later).isBetween(-0.15f, 0.15f);
        }
    }

    @Test
    void listsOfWhichNothingIsTakenTeachNoMoreOnceTheirCreditIsSpent() {
        BlendState.Draft draft = initial(1).draft();
        Choice list = choice(MEDIUM, new float[] {3}, new float[] {1});
        int learned = 0;
        while (draft.hasListCredit()) {
            stacking.shown(list, draft);
            learned++;
        }
        assertThat(learned).isEqualTo(BlendState.MAX_LIST_CREDIT);
        stacking.taken(list, 1, draft);
        assertThat(draft.hasListCredit()).isTrue();
    }

    @Test
    void aSignalThatVariedOnceAndIsTheSameForAllEverSinceStaysAsItWas() {
        SplittableRandom random = new SplittableRandom(4);
        BlendState.Draft draft = initial(2).draft();
        learn(200, 0, 2, random, draft);
        int[] ages = {ContextBucket.OLDER, ContextBucket.WITHIN_A_DAY, ContextBucket.WITHIN_A_WEEK};
        for (int i = 0; i < 60_000; i++) {
            float[][] vectors = new float[3][];
            Arrays.setAll(vectors, at -> new float[] {-3.9f, (float) random.nextGaussian()});
            stacking.learn(new Choice(MEDIUM, 3, vectors, ages, new float[] {1, 1, 1}), 1, draft);
        }

        BlendState learned = draft.seal();

        for (float[] ofAge : learned.weights(MEDIUM)) {
            assertThat(Math.abs(ofAge[0])).isLessThan(5);
        }
        for (int row = 0; row < BlendState.ROWS; row++) {
            for (float number : draft.row(row)) {
                assertThat(number).isFinite();
            }
        }
    }

    @Test
    void aSignalThatHardlyVariesYetGetsAWeightThatIsRightOnceItVaries() {
        SplittableRandom random = new SplittableRandom(8);
        BlendState.Draft draft = initial(1, 1).draft();
        for (int i = 0; i < 1_200; i++) {
            float[][] ages = new float[10][];
            Arrays.setAll(ages, at -> new float[] {(float) random.nextDouble(0, 0.01)});
            Arrays.sort(ages, (one, other) -> Float.compare(one[0], other[0]));
            stacking.learn(choice(MEDIUM, ages), 1, draft);
        }
        assertThat(weights(draft.seal(), MEDIUM)[0]).isBetween(-5f, 0f);
    }

    @Test
    void noWeightMovesBeyondItsBoundHoweverOneSidedTheChoicesAreAndTheMovesAreCounted() {
        BlendState.Draft draft = initial(1, 1).draft();
        double bound = 0.5;
        Stacking stacking =
                new Stacking(new Stacking.Settings(0.1, 0.3, 1, 1, 1, 0, 0, 0.01, bound, 0.02, 1));
        int[] ages = {ContextBucket.FEW_EVENTS, ContextBucket.OLDER};
        for (int i = 0; i < 500; i++) {
            float[][] signals = {{1}, {-1}};
            stacking.learn(new Choice(ON_PHONE, 2, signals, ages, new float[] {1, 1}), 1, draft);
        }
        for (int row = 0; row < ContextBucket.ROWS; row++) {
            assertThat(Math.abs(draft.row(row)[0])).isLessThanOrEqualTo((float) bound);
        }
        assertThat(draft.row(MEDIUM.historyRow())[0]).isEqualTo((float) bound);
        assertThat(draft.boundedMoves()).isPositive();
        assertThat(draft.seal().draft().boundedMoves()).isZero();
    }

    @Test
    void aWeightBeyondItsBoundReturnsWithinItAtTheNextStep() {
        BlendState.Draft draft = initial(1, 1).draft();
        draft.writable(MEDIUM.historyRow())[0] = -216;
        stacking.learn(choice(MEDIUM, new float[] {1}, new float[] {-1}), 1, draft);
        assertThat(weights(draft.seal(), MEDIUM)[0])
                .isGreaterThanOrEqualTo((float) -Stacking.Settings.DEFAULT.bound());
    }

    @Test
    void aNegativeThatStandsForManyCountsAsMany() {
        BlendState.Draft draft = initial(1).draft();
        float[] stands = {1, 3};
        float[][] signals = {{3}, {1}};
        PLAIN.learn(new Choice(MEDIUM, 2, signals, new int[] {3, 3}, stands), 1, draft);
        // Probabilities ¼ and ¾: gradient ¼·3 + ¾·1 − 3 = −1.5.
        double expected = 0.1 * 1.5 / Math.sqrt(1 + 1.5 * 1.5);
        assertThat(weights(draft.seal(), MEDIUM)[0]).isCloseTo((float) expected, within(1e-6f));
    }

    @Test
    void theUnitOfASignalDoesNotMatter() {
        SplittableRandom random = new SplittableRandom(1);
        BlendState.Draft one = initial(1).draft();
        BlendState.Draft thousand = initial(1).draft();
        Stacking stacking =
                new Stacking(new Stacking.Settings(0.1, 0.3, 1, 0.999, 1, 0, 0, 0.01, 3, 0.02, 1));
        for (int i = 0; i < 300; i++) {
            Choice choice = choiceBy(MEDIUM, 0, 1, random);
            stacking.learn(choice, 1, one);
            float[][] scaled = new float[choice.size()][];
            Arrays.setAll(scaled, at -> new float[] {choice.signals()[at][0] * 1_000});
            stacking.learn(choice(MEDIUM, scaled), 1, thousand);
        }
        float weight = weights(one.seal(), MEDIUM)[0];
        assertThat(weights(thousand.seal(), MEDIUM)[0] * 1_000)
                .isCloseTo(weight, within(0.01f * weight));
    }

    @Test
    void aSignalThatDistinguishesGetsTheWeightAndNoiseNextToNone() {
        SplittableRandom random = new SplittableRandom(2);
        BlendState.Draft draft = initial(3).draft();
        learn(3_000, 1, 3, random, draft);
        float[] weights = weights(draft.seal(), MEDIUM);
        assertThat(weights[1]).isBetween(1.1f, 1.9f);
        assertThat(Math.abs(weights[0])).isLessThan(0.3f);
        assertThat(Math.abs(weights[2])).isLessThan(0.3f);
    }

    @Test
    void aSignalThatStopsEarningLosesNineTenthsOfItsWeightWithinTwoThousandChoices() {
        SplittableRandom random = new SplittableRandom(3);
        BlendState.Draft draft = initial(2).draft();
        learn(20_000, 0, 2, random, draft);
        float earned = weights(draft.seal(), MEDIUM)[0];
        learn(2_000, 1, 2, random, draft);
        float[] after = weights(draft.seal(), MEDIUM);
        assertThat(earned).isGreaterThan(1.1f);
        assertThat(after[0]).isLessThan(earned / 10);
        assertThat(after[1]).isGreaterThan(1.1f);
    }

    @Test
    void contextsThatDifferLearnToDifferAndOneNeverSeenStartsFromWhatIsCommon() {
        SplittableRandom random = new SplittableRandom(4);
        BlendState.Draft draft = initial(2).draft();
        for (int i = 0; i < 6_000; i++) {
            stacking.learn(choiceBy(ON_PHONE, 0, 2, random), 1, draft);
            stacking.learn(choiceBy(ON_DESKTOP, 1, 2, random), 1, draft);
        }
        BlendState state = draft.seal();
        assertThat(weights(state, ON_PHONE)[0]).isGreaterThan(weights(state, ON_DESKTOP)[0] + 0.3f);
        assertThat(weights(state, ON_DESKTOP)[1]).isGreaterThan(weights(state, ON_PHONE)[1] + 0.3f);
        assertThat(weights(state, MEDIUM)[0]).isPositive();
    }

    @Test
    void howWellEachSourceDoesByItselfIsMeasuredByTheRankItGives() {
        float[][] start = new float[3][2];
        Arrays.fill(start[1], 1);
        BlendState.Draft draft =
                BlendState.initial(start, new float[] {FINE, FINE}, new int[] {0, 1}).draft();
        // The first source ranks the chosen item third of four, the second ranks it first.
        float[][] signals = {{2, 9}, {3, 1}, {4, 1}, {1, 1}};
        Choice choice = choice(MEDIUM, signals);
        for (int i = 0; i < 5; i++) {
            stacking.learn(choice, 1, draft);
        }
        BlendState state = draft.seal();
        assertThat(state.performance(1, 0)).isCloseTo(1.0 / 3, within(1e-5));
        assertThat(state.performance(1, 1)).isCloseTo(1, within(1e-5));
        assertThat(state.performance(0, 1)).isZero();
    }

    @Test
    void aChoiceWithoutAnAlternativeTeachesNothing() {
        BlendState.Draft draft = initial(2).draft();
        stacking.learn(choice(MEDIUM, new float[] {1, 2}), 1, draft);
        assertThat(draft.seal().steps()).isZero();
        assertThat(draft.changed().index()).isEmpty();
    }

    @Test
    void aDraftLeavesTheStateItBeganFromAlone() {
        BlendState before = initial(2);
        BlendState.Draft draft = before.draft();
        stacking.learn(choiceBy(MEDIUM, 0, 2, new SplittableRandom(5)), 1, draft);
        assertThat(weights(before, MEDIUM)).containsOnly(0);
        assertThat(before.steps()).isZero();
        assertThat(weights(draft.seal(), MEDIUM)[0]).isNotZero();
    }

    @Test
    void aStateComesBackFromBytesAndSignalsUnknownThenStandAsTheyStart() {
        BlendState.Draft draft = initial(2).draft();
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 50; i++) {
            draft.earn();
            draft.draw(10);
            stacking.learn(choiceBy(ON_PHONE, 0, 2, random), 1, draft);
        }
        BlendState state = draft.seal();
        ByteSink out = new ByteSink(64);
        BlendState.form(state).write(state, out);

        float[][] start = new float[3][3];
        start[1][2] = 7;
        BlendState wider =
                BlendState.initial(start, new float[] {FINE, FINE, FINE}, new int[] {0, 1, 2});
        BlendState read = BlendState.form(wider).read(new ByteSource(out.toBytes()));
        assertThat(read.steps()).isEqualTo(50);
        assertThat(Arrays.copyOf(weights(read, ON_PHONE), 2)).isEqualTo(weights(state, ON_PHONE));
        assertThat(weights(read, ON_PHONE)[2]).isEqualTo(7);
        assertThat(read.performance(1, 0)).isEqualTo(state.performance(1, 0));
    }

    @Test
    void drawsAreTheSameForAllAndSpreadOverTheWholeRange() {
        BlendState.Draft one = initial(1).draft();
        BlendState.Draft other = initial(1).draft();
        int[] interactions = new int[10];
        for (int i = 0; i < 10_000; i++) {
            int drawn = one.draw(10);
            assertThat(other.draw(10)).isEqualTo(drawn);
            interactions[drawn]++;
        }
        for (int count : interactions) {
            assertThat(count).isBetween(850, 1_150);
        }
    }

    @Test
    void creditIsEarnedByExampleKeptWithinBoundsAndMayRunIntoDebtOnce() {
        BlendState.Draft draft = initial(1).draft();
        draft.earn();
        assertThat(draft.affords()).isTrue();
        draft.spend(BlendState.Budget.CAPACITY + 3 * BlendState.Budget.EARNED);
        assertThat(draft.affords()).isFalse();
        for (int i = 0; i < 3; i++) {
            draft.earn();
            assertThat(draft.affords()).isFalse();
        }
        assertThat(draft.seal().budget()).isZero();
        draft.earn();
        assertThat(draft.seal().budget()).isEqualTo(BlendState.Budget.EARNED);
        draft.spend(BlendState.Budget.EARNED);
        assertThat(afforded(draft, BlendState.Budget.RESERVE / 2)).isBetween(450, 550);
        assertThat(afforded(draft, BlendState.Budget.RESERVE / 2)).isEqualTo(1_000);
    }

    /** Gives a budget, and returns how many of 1,000 choices without a cost it affords. */
    private static int afforded(BlendState.Draft draft, long given) {
        draft.spend(-given);
        return (int) IntStream.range(0, 1_000).filter(choice -> draft.affords()).count();
    }

    @Test
    void aChoiceAfterAnExpensiveOneIsLearnedFromAsOftenAsAnyOther() {
        BlendState.Draft draft = initial(1).draft();
        draft.spend(BlendState.Budget.CAPACITY - BlendState.Budget.RESERVE);
        int[] learned = new int[3];
        for (int choice = 0; choice < 60_000; choice++) {
            draft.earn();
            if (draft.affords()) {
                draft.spend(choice % 3 == 0 ? 4_800 : 320);
                learned[choice % 3]++;
            }
        }
        assertThat(learned[0]).isBetween(8_000, 12_000);
        assertThat(learned[1]).isCloseTo(learned[0], within(300));
        assertThat(learned[2]).isCloseTo(learned[0], within(300));
    }
}
