package dev.freshet.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.enrolment.Enrolments;
import dev.freshet.query.InvalidQueryException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentSetTest {
    private static final ExperimentSet RUNNING =
            ExperimentSet.NONE.with(Definitions.with(tree -> {}));

    private static String refusal(ExperimentSet set, Consumer<ObjectNode> change) {
        Experiment next = Definitions.with(change);
        InvalidQueryException refused =
                catchThrowableOfType(InvalidQueryException.class, () -> set.with(next));
        assertThat(refused).as("refused").isNotNull();
        return refused.code() + ": " + refused.getMessage();
    }

    private static Consumer<ObjectNode> next(Consumer<ObjectNode> change) {
        return tree -> {
            tree.put("version", 4);
            change.accept(tree);
        };
    }

    private static void accept(ExperimentSet set, Consumer<ObjectNode> change) {
        Experiment next = Definitions.with(change);
        assertThat(set.with(next).find("home-pl")).contains(next);
    }

    @Test
    void aVersionThatIsNotHigherIsRefused() {
        assertThat(refusal(RUNNING, tree -> {})).startsWith("version-not-higher: ");
    }

    @Test
    void anExperimentOfTheHighestVersionIsStoppedByTheSameVersion() {
        ExperimentSet last =
                ExperimentSet.NONE.with(
                        Definitions.with(
                                tree -> tree.put("version", ExperimentReader.MAX_VERSION)));

        accept(
                last,
                tree -> tree.put("version", ExperimentReader.MAX_VERSION).put("status", "stopped"));
        assertThat(
                        refusal(
                                last,
                                tree ->
                                        tree.put("version", ExperimentReader.MAX_VERSION)
                                                .put("traffic", 0.9)))
                .startsWith("version-not-higher: ");
    }

    @Test
    void moreTrafficShadowsAndTheEndMayChangeWhileItRuns() {
        accept(RUNNING, next(tree -> tree.put("traffic", 0.9)));
        accept(RUNNING, next(tree -> tree.remove("shadows")));
        accept(RUNNING, next(tree -> tree.putArray("shadows").addObject().put("id", "another")));
        accept(RUNNING, next(tree -> tree.put("status", "stopped")));
    }

    @Test
    void anExperimentThatLetsNobodyNewInKeepsWhoIsInAndGoesOn() {
        Experiment paused = Definitions.with(next(tree -> tree.put("traffic", 0)));

        assertThat(paused.hashed("anybody")).isNull();
        accept(RUNNING.with(paused), tree -> tree.put("version", 5).put("traffic", 0.1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    traffic-lowered     | traffic          | /traffic          | 0.1
                    fixed-while-running | shadows.weighted | /shadows          | [{"id":"weighted"}]
                    fixed-while-running | layer            | /layer            | "page"
                    fixed-while-running | slots            | /slots            | [0, 6000]
                    fixed-while-running | plannedUsers     | /plannedUsers     | 5000
                    fixed-while-running | target           | /target |
                    fixed-while-running | arms             | /arms/1/diversity | 0.5
                    fixed-while-running | metrics          | /metrics/primary  | "clicksPerList"
                    needs-new-salt      | salt             | /status           | "draft"
                    """)
    void nothingElseMayChangeWhileItRuns(
            String code, String part, String pointer, @Nullable String json) {
        assertThat(refusal(RUNNING, next(tree -> Definitions.set(tree, pointer, json))))
                .startsWith(code + ": ")
                .contains(part);
    }

    @Test
    void aNewSaltBeginsANewPhase() {
        accept(
                RUNNING,
                next(tree -> tree.put("salt", "home-pl-2").put("traffic", 0.1).put("layer", "x")));
    }

    @Test
    void aStoppedExperimentRunsAgainOnlyAsANewPhase() {
        ExperimentSet stopped =
                RUNNING.with(Definitions.with(next(tree -> tree.put("status", "stopped"))));

        assertThat(refusal(stopped, tree -> tree.put("version", 5))).startsWith("needs-new-salt: ");
        accept(stopped, tree -> tree.put("version", 5).put("salt", "home-pl-2"));
    }

    @Test
    void experimentsOfOneLayerShareNoSlots() {
        Consumer<ObjectNode> other = tree -> tree.put("id", "b").put("salt", "b-1");

        assertThat(refusal(RUNNING, other)).startsWith("slots-taken: ").contains("home-pl");
        for (Consumer<ObjectNode> free :
                List.<Consumer<ObjectNode>>of(
                        tree -> Definitions.set(tree, "/slots", "[5000, 10000]"),
                        tree -> tree.put("layer", "x"))) {
            assertThat(RUNNING.with(Definitions.with(other.andThen(free))).all()).hasSize(2);
        }
    }

    @Test
    void aSaltThatAnotherExperimentUsesIsRefused() {
        Consumer<ObjectNode> other = tree -> tree.put("id", "b").put("layer", "x");

        assertThat(refusal(RUNNING, other)).startsWith("salt-taken: ");
        assertThat(refusal(RUNNING, other.andThen(tree -> tree.put("salt", "ranking"))))
                .startsWith("salt-taken: ");
    }

    @Test
    void atMostEightExperimentsRunAtOnce() {
        ExperimentSet set = ExperimentSet.NONE;
        for (int at = 0; at < Enrolments.MAX; at++) {
            set = set.with(Definitions.open("e" + at, "layer-" + at, 0.5, 0.5));
        }

        assertThat(refusal(set, tree -> {})).startsWith("too-many-running: ");
    }
}
