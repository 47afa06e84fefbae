package dev.freshet.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.EventTypes;
import dev.freshet.experiment.Experiment.ShadowArm;
import dev.freshet.experiment.Experiment.SlotRange;
import dev.freshet.experiment.Experiment.Targeting;
import dev.freshet.experiment.MetricPlan.Guardrail;
import dev.freshet.query.Filter;
import dev.freshet.query.InvalidQueryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentReaderTest {
    private static void assertRefused(String code, String part, Consumer<ObjectNode> change) {
        InvalidQueryException refused =
                catchThrowableOfType(InvalidQueryException.class, () -> Definitions.with(change));

        assertThat(refused).as(part).isNotNull();
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused).hasMessageContaining(part).hasMessageEndingWith(".");
    }

    private static ObjectNode arm(ObjectNode tree) {
        return (ObjectNode) tree.path("arms").path(1);
    }

    private static ObjectNode metrics(ObjectNode tree) {
        return (ObjectNode) tree.path("metrics");
    }

    @Test
    void everyMemberIsRead() {
        Experiment read = Definitions.with(tree -> {});

        assertThat(read.id()).isEqualTo("home-pl");
        assertThat(read.version()).isEqualTo(3);
        assertThat(read.running()).isTrue();
        assertThat(read.slots()).isEqualTo(new SlotRange(0, 5_000));
        assertThat(read.traffic()).isEqualTo(0.2);
        assertThat(read.plannedUsers()).isEqualTo(20_000);
        assertThat(read.target())
                .isEqualTo(new Targeting(Set.of("home"), Set.of("BR"), Set.of(), Set.of()));
        assertThat(read.shadows()).extracting(ShadowArm::id).containsExactly("weighted");
        assertThat(read.control().settings()).isEqualTo(ArmSettings.UNCHANGED);
        ArmSettings settings = read.arm("pl").orElseThrow().settings();
        assertThat(settings.strategy()).isEqualTo("stacking");
        assertThat(settings.weights()).isEqualTo(Map.of("content", 1.2));
        assertThat(settings.boosts()).hasSize(1);
        assertThat(settings.filter()).isNotNull();
        assertThat(settings.diversity()).isEqualTo(0.2);
        assertThat(settings.temperature()).isEqualTo(0.15);
        assertThat(read.metrics().primary()).isEqualTo(Metric.LIST_CTR);
        assertThat(read.metrics().margin()).isEqualTo(0.01);
        assertThat(read.metrics().guardrails())
                .containsExactly(
                        new Guardrail(Metric.HIDES_PER_LIST, 0),
                        new Guardrail(Metric.REVENUE_PER_USER, 0.02));
        assertThat(read.metrics().secondary()).containsExactly(Metric.CLICKS_PER_USER);
        assertThat(read.metrics().window()).isEqualTo(Duration.ofDays(7));
        assertThat(read.metrics().currency()).isEqualTo("BRL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "version", "status", "layer", "salt", "plannedUsers", "metrics"})
    void aMissingMemberIsNamed(String member) {
        assertRefused("missing-field", member, tree -> tree.remove(member));
    }

    @Test
    void everyBadValueOfTheExperimentIsNamed() {
        assertRefused("unknown-field", "\"trafic\"", tree -> tree.put("trafic", 1));
        assertRefused("bad-id", "id", tree -> tree.put("id", " "));
        assertRefused("bad-id", "layer", tree -> tree.put("layer", 7));
        assertRefused("out-of-range", "version", tree -> tree.put("version", 0));
        assertRefused("unknown-status", "status", tree -> tree.put("status", "on"));
        assertRefused("out-of-range", "traffic", tree -> tree.put("traffic", 1.1));
        assertRefused("wrong-type", "traffic", tree -> tree.put("traffic", "1"));
        assertRefused("out-of-range", "plannedUsers", tree -> tree.put("plannedUsers", 99));
        assertRefused("bad-slots", "slots", tree -> tree.putArray("slots").add(1));
        assertRefused("bad-slots", "slots", tree -> tree.putArray("slots").add(5).add(5));
        assertRefused("bad-slots", "slots", tree -> tree.putArray("slots").add(0).add(10_001));
        assertRefused("bad-slots", "slots", tree -> tree.putArray("slots").add(0.5).add(3));
        assertRefused("wrong-type", "slots", tree -> tree.put("slots", 3));
        assertRefused("salt-of-layer", "salt", tree -> tree.put("salt", "ranking"));
        assertRefused(
                "bad-country",
                "country",
                tree -> tree.putObject("target").putArray("countries").add("Brazil"));
        assertRefused(
                "bad-segment",
                "GET /v1/segments",
                tree -> tree.putObject("target").putArray("segments").add("runners"));
        assertRefused("unknown-field", "target", tree -> tree.putObject("target").put("age", 3));
        assertRefused(
                "wrong-type",
                "target.devices",
                tree -> tree.putObject("target").putArray("devices").add(3));
    }

    @Test
    void everyBadValueOfAnArmIsNamed() {
        assertRefused("too-few-arms", "arms", tree -> ((ArrayNode) tree.path("arms")).remove(1));
        assertRefused("bad-weights", "sum of 1", tree -> arm(tree).put("weight", 0.4));
        assertRefused("out-of-range", "arms[1].weight", tree -> arm(tree).put("weight", 0));
        assertRefused("missing-field", "arms[1].weight", tree -> arm(tree).remove("weight"));
        assertRefused("duplicate-arm", "ids", tree -> arm(tree).put("id", "control"));
        assertRefused("duplicate-arm", "ids", tree -> arm(tree).put("id", "weighted"));
        assertRefused("unknown-strategy", "stacking", tree -> arm(tree).put("strategy", "best"));
        assertRefused(
                "popular-shadow",
                "popular",
                tree ->
                        tree.putArray("shadows")
                                .addObject()
                                .put("id", "shadow")
                                .put("strategy", "popular"));
        assertRefused(
                "unknown-field",
                "arms[1].weights",
                tree -> arm(tree).putObject("weights").put("magic", 1));
        assertRefused(
                "out-of-range",
                "arms[1].weights.content",
                tree -> arm(tree).putObject("weights").put("content", 11));
        assertRefused("out-of-range", "arms[1].diversity", tree -> arm(tree).put("diversity", 2));
        assertRefused(
                "boost-out-of-range",
                "factor",
                tree -> ((ObjectNode) arm(tree).path("boost").path(0)).put("factor", 99));
        assertRefused(
                "bad-filter",
                "arms[1].filter",
                tree -> arm(tree).putObject("filter").put("field", "tags").put("is", "x"));
        assertRefused(
                "unknown-policy",
                "arms[1].exploration.policy",
                tree -> arm(tree).putObject("exploration").put("policy", "epsilon"));
        assertRefused(
                "missing-field",
                "arms[1].exploration.temperature",
                tree -> arm(tree).putObject("exploration").put("policy", "plackett-luce"));
        assertRefused("unknown-learning", "learning", tree -> arm(tree).put("learning", "none"));
        assertRefused(
                "unknown-learning",
                "arms[1].learning is shared",
                tree -> arm(tree).put("learning", "own"));
    }

    @Test
    void everyBadValueOfTheMetricsIsNamed() {
        assertRefused("unknown-metric", "listCtr", tree -> metrics(tree).put("primary", "ctr"));
        assertRefused(
                "unknown-metric",
                "metrics.secondary[0]",
                tree -> metrics(tree).putArray("secondary").add("x"));
        assertRefused(
                "duplicate-metric",
                "only once",
                tree -> metrics(tree).putArray("secondary").add("listCtr"));
        assertRefused("out-of-range", "metrics.margin", tree -> metrics(tree).put("margin", -1));
        assertRefused("bad-window", "metrics.window", tree -> metrics(tree).put("window", "29d"));
        assertRefused("bad-window", "metrics.window", tree -> metrics(tree).put("window", "1h"));
        assertRefused(
                "missing-currency", "metrics.currency", tree -> metrics(tree).remove("currency"));
        assertRefused("bad-currency", "three", tree -> metrics(tree).put("currency", "reais"));
        assertRefused(
                "missing-field",
                "metrics.guardrails[0].metric",
                tree -> metrics(tree).putArray("guardrails").addObject().put("margin", 0.1));
    }

    @Test
    void aHoldoutIsSmallAndShowsPopularItems() {
        Experiment holdout = Definitions.with(ExperimentReaderTest::holdout);
        assertThat(holdout.isHoldout()).isTrue();

        assertRefused(
                "bad-holdout",
                "0.01 to 0.05",
                tree -> {
                    holdout(tree);
                    ((ObjectNode) tree.path("arms").path(0)).put("weight", 0.9);
                    arm(tree).put("weight", 0.1);
                });
        assertRefused(
                "bad-holdout",
                "popular",
                tree -> {
                    holdout(tree);
                    arm(tree).put("strategy", "stacking");
                });
    }

    static void holdout(ObjectNode tree) {
        tree.put("id", "worth").put("layer", "holdout").put("salt", "worth-1").put("traffic", 1);
        tree.putArray("slots").add(0).add(10_000);
        tree.remove("shadows");
        tree.remove("target");
        ArrayNode arms = tree.putArray("arms");
        arms.addObject().put("id", "personalised").put("weight", 0.97);
        arms.addObject().put("id", "popular").put("weight", 0.03).put("strategy", "popular");
    }

    @Test
    void filtersAndBoostsOfArmsNameTypesOfTheOwner() throws IOException {
        ObjectNode tree = Definitions.tree();
        String condition = "{\"interacted\":{\"types\":[\"try-on\"]}}";
        ObjectNode arm = (ObjectNode) tree.path("arms").path(1);
        arm.set("filter", new ObjectMapper().readTree(condition));
        byte[] body = tree.toString().getBytes(StandardCharsets.UTF_8);
        EventTypes types = EventTypes.parse("{\"try-on\":{\"slot\":2,\"strength\":2}}");

        assertThat(ExperimentReader.read(body, types).arms().get(1).settings().filter())
                .isInstanceOf(Filter.class);
        assertThatThrownBy(() -> ExperimentReader.read(body, EventTypes.BUILT_IN))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("try-on");
    }

    @Test
    void aNumberThatIsNoneIsRefused() {
        String body = Definitions.GOOD.replace("\"traffic\":0.2", "\"traffic\":NaN");

        assertThatThrownBy(
                        () ->
                                ExperimentReader.read(
                                        body.getBytes(StandardCharsets.UTF_8), EventTypes.BUILT_IN))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("traffic");
    }

    @Test
    void aDefinitionThatIsTooLargeOrNotJsonIsRefused() {
        byte[] large = new byte[ExperimentReader.MAX_BYTES + 1];
        assertThatThrownBy(() -> ExperimentReader.read(large, EventTypes.BUILT_IN))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("16384 bytes");
        for (String bad : new String[] {"", "[]", "{", "{\"id\":\"a\",\"id\":\"b\"}", "null"}) {
            assertThatThrownBy(
                            () ->
                                    ExperimentReader.read(
                                            bad.getBytes(StandardCharsets.UTF_8),
                                            EventTypes.BUILT_IN))
                    .as(bad)
                    .isInstanceOf(InvalidQueryException.class);
        }
    }
}
