package dev.freshet.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.EventTypes;
import dev.freshet.example.Example.Definition;
import dev.freshet.experiment.Experiment.ShadowArm;
import dev.freshet.experiment.Experiment.SlotRange;
import dev.freshet.experiment.Experiment.Targeting;
import dev.freshet.experiment.MetricPlan.Guardrail;
import dev.freshet.query.Filter;
import dev.freshet.query.InvalidQueryException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentReaderTest {
    private static void assertRefused(String code, String part, Consumer<ObjectNode> change) {
        InvalidQueryException refused =
                catchThrowableOfType(InvalidQueryException.class, () -> Definitions.with(change));

        assertThat(refused).as(part).isNotNull();
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused).hasMessageContaining(part).hasMessageEndingWith(".");
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

    /**
     * The code, what the sentence names, the member, and its value, without which it is missing.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    missing-field    | id           | /id |
                    missing-field    | version      | /version |
                    missing-field    | status       | /status |
                    missing-field    | layer        | /layer |
                    missing-field    | salt         | /salt |
                    missing-field    | plannedUsers | /plannedUsers |
                    missing-field    | metrics      | /metrics |
                    unknown-field    | "trafic"     | /trafic       | 1
                    bad-id           | id           | /id           | " "
                    bad-id           | layer        | /layer        | 7
                    out-of-range     | version      | /version      | 0
                    unknown-status   | status       | /status       | "on"
                    out-of-range     | traffic      | /traffic      | 1.1
                    wrong-type       | traffic      | /traffic      | "1"
                    out-of-range     | plannedUsers | /plannedUsers | 99
                    bad-slots        | slots        | /slots        | [1]
                    bad-slots        | slots        | /slots        | [5, 5]
                    bad-slots        | slots        | /slots        | [0, 10001]
                    bad-slots        | slots        | /slots        | [0.5, 3]
                    wrong-type       | slots        | /slots        | 3
                    salt-of-layer    | salt         | /salt         | "ranking"
                    bad-country      | country      | /target       | {"countries":["Brazil"]}
                    bad-segment      | GET /v1/segments | /target   | {"segments":["runners"]}
                    unknown-field    | target         | /target     | {"age":3}
                    wrong-type       | target.devices | /target     | {"devices":[3]}
                    too-few-arms     | arms           | /arms       | [{"id":"control","weight":0.5}]
                    bad-weights      | sum of 1       | /arms/1/weight    | 0.4
                    out-of-range     | arms[1].weight | /arms/1/weight    | 0
                    missing-field    | arms[1].weight | /arms/1/weight |
                    duplicate-arm    | ids            | /arms/1/id        | "control"
                    duplicate-arm    | ids            | /arms/1/id        | "weighted"
                    unknown-strategy | stacking       | /arms/1/strategy  | "best"
                    popular-shadow   | popular        | /shadows | [{"id":"shadow","strategy":"popular"}]
                    unknown-field    | arms[1].weights         | /arms/1/weights        | {"magic":1}
                    out-of-range     | arms[1].weights.content | /arms/1/weights        | {"content":11}
                    out-of-range     | arms[1].diversity       | /arms/1/diversity      | 2
                    boost-out-of-range | factor                | /arms/1/boost/0/factor | 99
                    bad-filter       | arms[1].filter   | /arms/1/filter | {"field":"tags","is":"x"}
                    unknown-policy   | arms[1].exploration.policy | /arms/1/exploration | {"policy":"epsilon"}
                    missing-field    | arms[1].exploration.temperature | /arms/1/exploration | {"policy":"plackett-luce"}
                    unknown-learning | learning                   | /arms/1/learning   | "none"
                    unknown-learning | arms[1].learning is shared | /arms/1/learning   | "own"
                    unknown-metric   | listCtr                    | /metrics/primary   | "ctr"
                    unknown-metric   | metrics.secondary[0]       | /metrics/secondary | ["x"]
                    duplicate-metric | only once                  | /metrics/secondary | ["listCtr"]
                    out-of-range     | metrics.margin             | /metrics/margin    | -1
                    bad-window       | metrics.window             | /metrics/window    | "29d"
                    bad-window       | metrics.window             | /metrics/window    | "1h"
                    missing-currency | metrics.currency           | /metrics/currency |
                    bad-currency     | three                      | /metrics/currency  | "reais"
                    missing-field    | metrics.guardrails[0].metric | /metrics/guardrails | [{"margin":0.1}]
                    """)
    void aBadValueIsNamed(String code, String part, String pointer, @Nullable String json) {
        assertRefused(code, part, tree -> Definitions.set(tree, pointer, json));
    }

    @Test
    void aHoldoutIsSmallAndShowsPopularItems() {
        Experiment holdout = Definitions.with(ExperimentReaderTest::holdout);
        assertThat(holdout.isHoldout()).isTrue();

        Consumer<ObjectNode> good = ExperimentReaderTest::holdout;
        assertRefused(
                "bad-holdout",
                "0.01 to 0.05",
                good.andThen(tree -> Definitions.set(tree, "/arms/0/weight", "0.9"))
                        .andThen(tree -> Definitions.set(tree, "/arms/1/weight", "0.1")));
        assertRefused(
                "bad-holdout",
                "popular",
                good.andThen(tree -> Definitions.set(tree, "/arms/1/strategy", "\"stacking\"")));
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
    void filtersAndBoostsOfArmsNameTypesOfTheOwner() {
        ObjectNode tree = Definitions.tree();
        Definitions.set(tree, "/arms/1/filter", "{\"interacted\":{\"types\":[\"try-on\"]}}");
        EventTypes types = EventTypes.parse("{\"try-on\":{\"slot\":2,\"strength\":2}}");

        assertThat(read(tree.toString(), types).arms().get(1).settings().filter())
                .isInstanceOf(Filter.class);
        assertThatThrownBy(() -> read(tree.toString(), EventTypes.BUILT_IN))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("try-on");
    }

    private static Experiment read(String body, EventTypes types) {
        return ExperimentReader.read(body.getBytes(StandardCharsets.UTF_8), types);
    }

    @Test
    void aNumberThatIsNoneIsRefused() {
        String body = Definitions.GOOD.replace("\"traffic\":0.2", "\"traffic\":NaN");

        assertThatThrownBy(() -> read(body, EventTypes.BUILT_IN))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("traffic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"id\":\"a\",\"id\":\"b\"}", "null"})
    void aDefinitionThatIsNotJsonIsRefused(String bad) {
        assertThatThrownBy(() -> read(bad, EventTypes.BUILT_IN))
                .isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void aDefinitionThatIsTooLargeIsRefused() {
        String large = " ".repeat(Definition.MAX_BYTES + 1);
        assertThatThrownBy(() -> read(large, EventTypes.BUILT_IN))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("16384 bytes");
    }
}
