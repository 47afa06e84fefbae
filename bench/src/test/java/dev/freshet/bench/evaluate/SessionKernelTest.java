package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.baseline.Baselines;
import dev.freshet.catalog.CatalogueMode;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.ranking.StackingStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions without any history are answered as well as session kernels answer them. */
class SessionKernelTest {
    private static final int LEARNED = 1_500;
    private static final int TESTED = 150;
    private static final int DEPTH = 20;

    /** How far a figure may be behind: less than one in fifty moments. */
    private static final double LEVEL = 0.02;

    /** Everybody's behaviour is visible, as it is to the kernels. */
    private static final ReplaySettings EQUAL_TERMS =
            new ReplaySettings(
                    ModelSettings.DEFAULT.withKAnonymity(1).withCatalogue(CatalogueMode.CLOSED),
                    Duration.ZERO);

    private static final SessionWorld WORLD = new SessionWorld(7, 8);

    /** Sessions one after another, of which those of the test have at most so many clicks. */
    private static Trace trace(int most) {
        List<String> clicks = new ArrayList<>();
        for (int session = 0; session < LEARNED + TESTED; session++) {
            List<Integer> items = WORLD.session();
            int length = session < LEARNED ? items.size() : Math.min(most, items.size());
            for (int item : items.subList(0, length)) {
                clicks.add("s" + session + ":i" + item);
            }
        }
        return Toy.views(clicks.toArray(String[]::new));
    }

    private static SplitPoint begin(Trace trace) {
        long before =
                trace.steps().stream()
                        .filter(step -> step.interaction().person() < LEARNED)
                        .count();
        return new SplitPoint.Share((double) before / trace.steps().size());
    }

    private static double[] figures(TestBoard board, int moments) {
        double hits = 0;
        double reciprocals = 0;
        for (int moment = 0; moment < moments; moment++) {
            if (board.rank(moment) <= DEPTH) {
                hits++;
                reciprocals += 1 / board.rank(moment);
            }
        }
        return new double[] {hits / moments, reciprocals / moments};
    }

    @Test
    void aThirdOfTheClicksOfTheWorldAreRepeats() {
        Trace trace = trace(DEPTH);
        assertThat((double) trace.repeats() / trace.steps().size()).isBetween(0.25, 0.4);
    }

    @Test
    void afterTheFirstClickOfANewSessionListsAreAsGoodAsThoseOfVsKnn() {
        Trace trace = trace(2);
        TestPlan plan =
                TestPlan.splitAt(trace, begin(trace), new TestPlan.Rules(true, true, true, 1));
        TestProtocol protocol = new TestProtocol(trace, plan);
        Contender blend = Contender.blend(new StackingStrategy(), TestBoard.DEPTH);
        int moments = protocol.moments().size();
        assertThat(moments).isEqualTo(TESTED);

        double[] own =
                figures(
                        protocol.product(EQUAL_TERMS, List.of(blend), done -> {}).getFirst(),
                        moments);

        List<Baseline> kernels =
                new Baselines()
                        .ofTest(plan.setup(trace.items()), 1).stream()
                                .filter(one -> one.name().equals("vs-knn"))
                                .toList();
        double[] kernel = figures(protocol.baselines(kernels).getFirst(), moments);
        assertThat(own[0]).as("HR@20").isGreaterThan(kernel[0] - LEVEL);
        assertThat(own[1]).as("MRR@20").isGreaterThan(kernel[1] - LEVEL);
    }
}
