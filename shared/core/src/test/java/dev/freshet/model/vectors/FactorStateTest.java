package dev.freshet.model.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.bytes.MalformedBytesException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FactorStateTest {
    private static final int[] TAG = {17};
    private static final int[] NO_LABELS = {};

    /**
     * Returns a state learned from users of two halves of ten items each; the first half has a tag.
     */
    private static FactorState.Draft trained(FactorState from, int times) {
        FactorState.Draft draft = from.draft();
        Random random = new Random(1);
        int[] interactions = new int[20];
        for (int turn = 0; turn < times; turn++) {
            int half = random.nextInt(2) * 10;
            int item = half + random.nextInt(10);
            int[] labels = half == 0 ? TAG : NO_LABELS;
            draft.begin(item, labels);
            FoldIn user = draft.foldIn();
            for (int other = half; other < half + 10; other++) {
                if (other != item && random.nextInt(3) == 0) {
                    draft.add(user, other, 1);
                }
            }
            draft.step(item, labels, user, ++interactions[item], true);
        }
        return draft;
    }

    private static float[] vector(FactorState state, int item) {
        float[] vector = new float[FactorState.RANK];
        assertThat(state.read(item, vector)).isTrue();
        return vector;
    }

    private static float[] user(FactorState state, int... items) {
        FoldIn user = state.foldIn();
        for (int item : items) {
            user.add(vector(state, item), 1);
        }
        return user.solve();
    }

    private static byte[] bytes(FactorState state) {
        ByteSink out = new ByteSink(1_024);
        FactorState.form(0).write(state, out);
        return out.toBytes();
    }

    @Test
    void aUserOfSomeOfAGroupFitsTheRestOfIt() {
        FactorState state = trained(FactorState.EMPTY, 3_000).seal();
        float[] first = user(state, 0, 1, 2);
        for (int item = 3; item < 10; item++) {
            assertThat(FactorState.dot(first, vector(state, item)))
                    .isGreaterThan(FactorState.dot(first, vector(state, item + 10)) + 0.05f);
        }
    }

    @Test
    void anItemHasAVectorBeforeItsFirstInteractionAndBeginsFromIt() {
        FactorState state = trained(FactorState.EMPTY, 3_000).seal();
        float[] projected = new float[FactorState.RANK];
        state.project(TAG, projected);
        assertThat(FactorState.dot(user(state, 0, 1, 2), projected))
                .isGreaterThan(FactorState.dot(user(state, 10, 11, 12), projected) + 0.05f);

        FactorState.Draft draft = state.draft();
        draft.begin(50, TAG);
        float[] begun = vector(draft.peek(), 50);
        for (int at = 0; at < FactorState.RANK; at++) {
            assertThat(begun[at]).isCloseTo(projected[at], within(0.11f));
        }
    }

    @Test
    void whatWasLearnedCanBeTakenBackToTheContent() {
        FactorState.Draft draft = trained(FactorState.EMPTY, 3_000);
        FoldIn stranger = draft.foldIn();
        for (int item = 10; item < 20; item++) {
            draft.add(stranger, item, 1);
        }
        draft.begin(50, TAG);
        draft.step(50, TAG, stranger, 1, true);
        float[] content = new float[FactorState.RANK];
        draft.peek().project(TAG, content);
        draft.retract(50, TAG, 0);
        float[] back = vector(draft.peek(), 50);
        for (int at = 0; at < FactorState.RANK; at++) {
            assertThat(back[at]).isCloseTo(content[at], within(2e-3f));
        }
    }

    @Test
    void theSumOverAllItemsIsThatOfTheirVectors() {
        FactorState state = trained(FactorState.EMPTY, 2_000).seal();
        double[] sum = new double[Gram.SIZE];
        for (int item = 0; item < 20; item++) {
            Gram.add(sum, vector(state, item), 1);
        }
        for (int at = 0; at < Gram.SIZE; at++) {
            assertThat(state.ofItems()[at]).isCloseTo(sum[at], within(1e-6));
        }
    }

    @Test
    void theChangedRowsLeadAFollowerToTheSameBytes() {
        FactorState before = trained(FactorState.EMPTY, 500).seal();
        FactorState.Draft learner = trained(before, 40);
        FactorRows changed = learner.changed();
        assertThat(changed.items().length).isLessThanOrEqualTo(20);
        ByteSink out = new ByteSink(1_024);
        FactorRows.FORM.write(changed, out);
        FactorState.Draft follower = before.draft();
        follower.set(FactorRows.FORM.read(new ByteSource(out.toBytes())), 20);
        assertThat(bytes(follower.seal())).isEqualTo(bytes(learner.seal()));
        assertThat(bytes(before)).isEqualTo(bytes(trained(FactorState.EMPTY, 500).seal()));
    }

    @Test
    void itsBytesComeBackAndVectorsOfUnknownItemsAreRefused() {
        FactorState state = trained(FactorState.EMPTY, 500).seal();
        byte[] bytes = bytes(state);
        assertThat(bytes(FactorState.form(20).read(new ByteSource(bytes)))).isEqualTo(bytes);
        assertThatThrownBy(() -> FactorState.form(19).read(new ByteSource(bytes)))
                .isInstanceOf(MalformedBytesException.class);
    }

    @Test
    void aVectorThatIsNotFiniteIsRefused() {
        ByteSink out = new ByteSink(64);
        out.varint(1);
        out.varint(1);
        out.varint(0);
        out.fixed32(0x7C00); // an infinity of half precision
        for (int rest = 1; rest < FactorState.RANK / 2; rest++) {
            out.fixed32(0);
        }
        out.varint(0);
        for (int number = 0; number < 2 * Gram.SIZE; number++) {
            out.fixed64(0);
        }
        assertThatThrownBy(() -> FactorRows.FORM.read(new ByteSource(out.toBytes())))
                .isInstanceOf(MalformedBytesException.class);
    }

    @Test
    void aSealedStateDoesNotChangeWhenLearningGoesOn() {
        FactorState.Draft draft = trained(FactorState.EMPTY, 300);
        FactorState sealed = draft.seal();
        byte[] bytes = bytes(sealed);
        FoldIn user = draft.foldIn();
        draft.add(user, 1, 1);
        draft.step(0, TAG, user, 5, true);
        assertThat(bytes(sealed)).isEqualTo(bytes);
        assertThat(bytes(draft.seal())).isNotEqualTo(bytes);
    }
}
