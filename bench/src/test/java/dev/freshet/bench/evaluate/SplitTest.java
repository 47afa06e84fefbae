package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.ranking.StackingStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitTest {
    @TempDir Path folder = Path.of("");

    private GowallaLines lines(String text) throws IOException {
        Path file = Files.createTempFile(folder, "lines", ".txt");
        Files.writeString(file, text);
        return GowallaLines.read(file);
    }

    @Test
    void linesContainAUserAndItsItems() throws IOException {
        GowallaLines lines = lines("0 10 11 12\n2 11\n3\n");

        assertThat(lines.of(0)).containsExactly(10, 11, 12);
        assertThat(lines.of(1)).isEmpty();
        assertThat(lines.of(3)).isEmpty();
        assertThat(lines.of(99)).isEmpty();
        assertThat(lines.pairs()).isEqualTo(4);
        assertThat(lines.items()).isEqualTo(13);
    }

    @Test
    void pairsHaveASeededOrderOneSecondApart() throws IOException {
        GowallaLines train = lines("0 0 1 2 3 4 5 6 7 8 9\n1 0 2 4 6 8\n");
        Split split = new Split(train, lines("0 10\n"), 1);
        List<ReplayStep> steps = split.steps(0, split.size());

        assertThat(steps).hasSize(15);
        assertThat(steps.getFirst().interaction().item()).isZero();
        assertThat(steps.getFirst().interaction().person()).isZero();
        assertThat(steps.get(1).interaction().at())
                .isEqualTo(steps.getFirst().interaction().at().plusSeconds(1));
        assertThat(split.trainedItems()).isEqualTo(10);
        assertThat(split.items()).isEqualTo(11);
        assertThat(ids(steps)).isEqualTo(ids(new Split(train, lines("0 10\n"), 1).steps(0, 15)));
        assertThat(ids(steps)).isNotEqualTo(ids(new Split(train, lines("0 10\n"), 2).steps(0, 15)));
    }

    @Test
    void aTenthOfEachUsersItemsIsHeldOutAndNothingIsLost() throws IOException {
        GowallaLines all = lines("0 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20\n1 3 4\n");
        GowallaLines.Parts parts = all.holdOut(10, 1);

        assertThat(parts.heldOut().of(0)).hasSize(2);
        assertThat(parts.heldOut().of(1)).isEmpty();
        assertThat(parts.kept().of(1)).containsExactlyInAnyOrder(3, 4);
        List<Integer> joined = new ArrayList<>();
        Arrays.stream(parts.kept().of(0)).forEach(joined::add);
        Arrays.stream(parts.heldOut().of(0)).forEach(joined::add);
        assertThat(joined).hasSize(21).doesNotHaveDuplicates();
        assertThat(all.holdOut(10, 1).heldOut().of(0)).containsExactly(parts.heldOut().of(0));
    }

    @Test
    void recallAndGainEqualThoseComputedByHand() {
        StreamState state = new StreamState(40);
        String[] views = new String[40];
        Arrays.setAll(views, at -> "bob:i" + at);
        for (ReplayStep step : Toy.views(views).steps()) {
            state.learn(step.interaction());
        }
        EvaluatedAnswer answer = new EvaluatedAnswer();
        for (int item = 0; item < 30; item++) {
            answer.name(item, -item, new Eligible(state, 1, false));
        }
        SplitBoard scores = new SplitBoard("x", Scoreboard.Kind.BLEND, 2);
        // Found at ranks 1 and 3 of three; the third test item is at rank 26, beyond the depth.
        scores.put(answer, new int[] {0, 2, 25});
        scores.put(answer, new int[] {39});

        double gain = 1 + 1 / log2(4);
        double best = 1 + 1 / log2(3) + 1 / log2(4);
        assertThat(scores.recall(0)).isEqualTo(2 / 3f, within(1e-6f));
        assertThat(scores.gain(0)).isEqualTo((float) (gain / best), within(1e-6f));
        assertThat(scores.recall()).isEqualTo(1 / 3.0, within(1e-6));
        assertThat(scores.ndcg()).isEqualTo(gain / best / 2, within(1e-6));
    }

    @Test
    void theBestGainIsLimitedByTheDepth() {
        StreamState state = new StreamState(40);
        String[] views = new String[40];
        Arrays.setAll(views, at -> "bob:i" + at);
        for (ReplayStep step : Toy.views(views).steps()) {
            state.learn(step.interaction());
        }
        EvaluatedAnswer answer = new EvaluatedAnswer();
        for (int item = 0; item < 20; item++) {
            answer.name(item, -item, new Eligible(state, 1, false));
        }
        SplitBoard scores = new SplitBoard("x", Scoreboard.Kind.BLEND, 1);
        int[] all = new int[25];
        Arrays.setAll(all, at -> at);
        scores.put(answer, all);

        assertThat(scores.gain(0)).isEqualTo(1, within(1e-6f));
        assertThat(scores.recall(0)).isEqualTo(20 / 25f, within(1e-6f));
    }

    @Test
    void coOccurringItemsAreFoundAndSeenItemsAreNotRecommended() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int user = 0; user < 30; user++) {
            text.append(user).append(user % 2 == 0 ? " 0 1 2" : " 3 4 5");
            text.append(' ').append(6 + user).append('\n');
        }
        text.append("30 0 1\n31 3 4\n");
        GowallaLines train = lines(text.toString());
        Split split = new Split(train, lines("30 2\n31 5\n"), 1);
        SplitProtocol protocol = new SplitProtocol(split, 1);

        List<SplitBoard> boards =
                protocol.product(
                        ReplaySettings.UNLIMITED,
                        List.of(Contender.blend(new StackingStrategy(), 20)),
                        done -> {});

        assertThat(boards.getFirst().users()).isEqualTo(2);
        assertThat(boards.getFirst().recall()).isEqualTo(1);
        assertThat(boards.getFirst().ndcg()).isGreaterThan(0.3);
    }

    @Test
    void baselinesLearnAllPairsBeforeTheFirstQuestion() throws IOException {
        List<String> messages = new ArrayList<>();
        Baseline baseline =
                new Baseline() {
                    @Override
                    public String name() {
                        return "clerk";
                    }

                    @Override
                    public void score(FirstInteraction request, float[] scores) {
                        messages.add("score");
                        Arrays.fill(scores, 0);
                    }

                    @Override
                    public void learn(FirstInteraction interaction) {
                        messages.add("learn");
                    }
                };
        Split split = new Split(lines("0 0 1\n1 1 2\n"), lines("0 2\n1 0\n"), 1);
        new SplitProtocol(split, 1).baselines(List.of(baseline));

        assertThat(messages).containsExactly("learn", "learn", "learn", "learn", "score", "score");
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    private static List<String> ids(List<ReplayStep> steps) {
        return steps.stream().map(step -> step.row().userId() + step.row().target().id()).toList();
    }
}
