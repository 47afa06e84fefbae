package dev.freshet.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.experiment.enrolment.Enrolments;
import dev.freshet.query.InvalidQueryException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

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
    void moreTrafficShadowsAndTheEndMayChangeWhileItRuns() {
        accept(RUNNING, next(tree -> tree.put("traffic", 0.9)));
        accept(RUNNING, next(tree -> tree.remove("shadows")));
        accept(RUNNING, next(tree -> tree.putArray("shadows").addObject().put("id", "another")));
        accept(RUNNING, next(tree -> tree.put("status", "stopped")));
    }

    @Test
    void nothingElseMayChangeWhileItRuns() {
        assertThat(refusal(RUNNING, next(tree -> tree.put("traffic", 0.1))))
                .startsWith("traffic-lowered: ");
        assertThat(
                        refusal(
                                RUNNING,
                                next(
                                        tree ->
                                                tree.putArray("shadows")
                                                        .addObject()
                                                        .put("id", "weighted"))))
                .startsWith("fixed-while-running: ")
                .contains("shadows.weighted");
        assertThat(refusal(RUNNING, next(tree -> tree.put("layer", "page"))))
                .startsWith("fixed-while-running: ")
                .contains("layer");
        assertThat(refusal(RUNNING, next(tree -> tree.putArray("slots").add(0).add(6_000))))
                .contains("slots");
        assertThat(refusal(RUNNING, next(tree -> tree.put("plannedUsers", 5_000))))
                .contains("plannedUsers");
        assertThat(refusal(RUNNING, next(tree -> tree.remove("target")))).contains("target");
        assertThat(
                        refusal(
                                RUNNING,
                                next(
                                        tree ->
                                                ((ObjectNode) tree.path("arms").path(1))
                                                        .put("diversity", 0.5))))
                .contains("arms");
        assertThat(
                        refusal(
                                RUNNING,
                                next(
                                        tree ->
                                                ((ObjectNode) tree.path("metrics"))
                                                        .put("primary", "clicksPerList"))))
                .contains("metrics");
        assertThat(refusal(RUNNING, next(tree -> tree.put("status", "draft"))))
                .startsWith("needs-new-salt: ");
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
        assertThat(
                        RUNNING.with(
                                        Definitions.with(
                                                other.andThen(
                                                        tree ->
                                                                tree.putArray("slots")
                                                                        .add(5_000)
                                                                        .add(10_000))))
                                .all())
                .hasSize(2);
        assertThat(
                        RUNNING.with(
                                        Definitions.with(
                                                other.andThen(tree -> tree.put("layer", "x"))))
                                .all())
                .hasSize(2);
    }

    @Test
    void aSaltThatAnotherExperimentUsesIsRefused() {
        assertThat(refusal(RUNNING, tree -> tree.put("id", "b").put("layer", "x")))
                .startsWith("salt-taken: ");
        assertThat(
                        refusal(
                                RUNNING,
                                tree ->
                                        tree.put("id", "b")
                                                .put("layer", "x")
                                                .put("salt", "ranking")))
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
