package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.bench.evaluate.Report.Entry;
import dev.freshet.bench.evaluate.Scoreboard.Column;
import dev.freshet.bench.evaluate.Trace.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GowallaLinesTest {
    @TempDir Path folder = Path.of("");

    private GowallaLines lines(String text) throws IOException {
        Path file = Files.createTempFile(folder, "lines", ".txt");
        Files.writeString(file, text);
        return GowallaLines.read(file);
    }

    @Test
    void linesContainAUserAndItsItems() throws IOException {
        GowallaLines lines = lines("0 10 11 12\n2 11\n3\n");

        assertThat(lines.byUser())
                .containsExactly(List.of(10, 11, 12), List.of(), List.of(11), List.of());
        assertThat(lines.size()).isEqualTo(4);
    }

    @Test
    void pairsHaveASeededOrderOneSecondApart() throws IOException {
        GowallaLines train = lines("0 0 1 2 3 4 5 6 7 8 9\n1 0 2 4 6 8\n");
        GowallaLines test = lines("0 10\n");
        List<Step> steps = train.plan(test, 1, 1).before();

        assertThat(steps).hasSize(15);
        assertThat(steps.getFirst().interaction().item()).isZero();
        assertThat(steps.getFirst().interaction().person()).isZero();
        assertThat(steps.get(1).interaction().at())
                .isEqualTo(steps.getFirst().interaction().at().plusSeconds(1));
        assertThat(train.plan(test, 1, 1).trace().items()).isEqualTo(11);
        assertThat(ids(steps)).isEqualTo(ids(train.plan(test, 1, 1).before()));
        assertThat(ids(steps)).isNotEqualTo(ids(train.plan(test, 2, 1).before()));
    }

    @Test
    void eachUserOfTheTestLinesIsRankedOnceAndOneInSoManyOfThem() throws IOException {
        GowallaLines train = lines("0 0\n1 1\n2 2\n");
        GowallaLines test = lines("0 1 2\n1 0\n2 0 1\n");

        assertThat(train.plan(test, 1, 1).ranked()).containsExactly(true, false, true, true, false);
        assertThat(train.plan(test, 1, 2).ranked()).containsExactly(true, false, true, false);
    }

    @Test
    void aTenthOfEachUsersItemsIsHeldOutAndNothingIsLost() throws IOException {
        GowallaLines all = lines("0 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20\n1 3 4\n");
        GowallaLines.Parts parts = all.holdOut(10, 1);

        assertThat(parts.heldOut().byUser()).extracting(List::size).containsExactly(2, 0);
        assertThat(parts.kept().byUser().get(1)).containsExactlyInAnyOrder(3, 4);
        List<Integer> joined = new ArrayList<>(parts.kept().byUser().get(0));
        joined.addAll(parts.heldOut().byUser().get(0));
        assertThat(joined).hasSize(21).doesNotHaveDuplicates();
        assertThat(all.holdOut(10, 1)).isEqualTo(parts);
    }

    /** Returns what a list of the first items of 40 scores where some of them are wanted. */
    private static Scoreboard scored(int listed, List<Integer> wanted) {
        StreamState state = new StreamState(40);
        String[] views = new String[40];
        Arrays.setAll(views, at -> "bob:i" + at);
        Trace trace = Toy.views(views);
        trace.steps().forEach(step -> state.learn(step.interaction()));
        EvaluatedAnswer answer = new EvaluatedAnswer(new StreamState.Eligible(state, 1, false));
        for (int item = 0; item < listed; item++) {
            answer.name(item, -item);
        }
        Scoreboard board =
                new Scoreboard(
                        new Method.Entrant("x", Method.Kind.BLEND, false),
                        Moments.of(Plan.stream(trace, false, 1)));
        board.recall(0, answer, wanted::contains, wanted.size());
        return board;
    }

    @Test
    void recallAndGainEqualThoseComputedByHand() {
        // Found at ranks 1 and 3 of three; the third test item is at rank 26, beyond the depth.
        Scoreboard board = scored(30, List.of(0, 2, 25));

        double gain = 1 + 1 / log2(4);
        double best = 1 + 1 / log2(3) + 1 / log2(4);
        assertThat(board.of(Column.RECALL_20, 0)).isEqualTo(2 / 3.0, within(1e-6));
        assertThat(board.of(Column.RECALL_5, 0)).isEqualTo(2 / 3.0, within(1e-6));
        assertThat(board.of(Column.GAIN, 0)).isEqualTo(gain / best, within(1e-6));
        assertThat(scored(30, List.of(39)).of(Column.RECALL_20, 0)).isZero();
    }

    @Test
    void theBestGainIsLimitedByTheDepth() {
        Scoreboard board = scored(20, IntStream.range(0, 25).boxed().toList());

        assertThat(board.of(Column.GAIN, 0)).isEqualTo(1, within(1e-6));
        assertThat(board.of(Column.RECALL_20, 0)).isEqualTo(20 / 25.0, within(1e-6));
    }

    @Test
    void coOccurringItemsAreFoundAndSeenItemsAreNotRecommended() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int user = 0; user < 30; user++) {
            text.append(user).append(user % 2 == 0 ? " 0 1 2" : " 3 4 5");
            text.append(' ').append(6 + user).append('\n');
        }
        text.append("30 0 1\n31 3 4\n");
        Plan plan = lines(text.toString()).plan(lines("30 2\n31 5\n"), 1, 1);

        Scoreboard board = Toy.blend(plan, ReplaySettings.UNLIMITED, null);

        Entry entry = Sheet.ofSplit(List.of(plan), board.moments(), 1).entry(List.of(board));
        assertThat(board.moments().size()).isEqualTo(2);
        assertThat(entry.figure("recall@20")).isEqualTo(1);
        assertThat(entry.figure("ndcg@20")).isGreaterThan(0.3);
    }

    @Test
    void baselinesLearnAllPairsBeforeTheFirstQuestion() throws IOException {
        PassTest.MostFrequent baseline = new PassTest.MostFrequent();
        Plan plan = lines("0 0 1\n1 1 2\n").plan(lines("0 2\n1 0\n"), 1, 1);
        new Pass(plan).run(List.of(Method.of("most-frequent", baseline)), step -> {});

        assertThat(baseline.calls)
                .filteredOn(call -> !call.equals("start"))
                .extracting(call -> call.replaceFirst(" .*", ""))
                .containsExactly("learn", "learn", "learn", "learn", "score", "score");
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    private static List<String> ids(List<Step> steps) {
        return steps.stream().map(step -> step.row().userId() + step.row().target().id()).toList();
    }
}
