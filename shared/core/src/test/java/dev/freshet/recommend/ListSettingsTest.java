package dev.freshet.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.experiment.ArmSettings;
import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Boost;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.ranking.Strategy.StackingStrategy;
import dev.freshet.ranking.Strategy.SwitchingStrategy;
import dev.freshet.ranking.Strategy.WeightedStrategy;
import dev.freshet.testkit.Site;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListSettingsTest {
    private static final Filter FILMS =
            new Filter.In(Filter.Field.TYPE, Set.of(AttributeValue.of("film")));
    private static final Filter NEW = new Filter.Contains(Filter.Field.TAGS, "new");
    private static final RecommendationQuery QUERY =
            Site.query(
                    "{\"diversity\":0.3,\"boost\":[{\"when\":{\"field\":\"type\",\"is\":\"film\"},"
                            + "\"factor\":2}]}");

    private final ListSettings usual = ListSettings.usual(new StackingStrategy(), 0.1);

    private static ArmSettings arm(
            @Nullable String strategy,
            Map<String, Double> weights,
            @Nullable Double diversity,
            @Nullable Double temperature) {
        return new ArmSettings(strategy, weights, List.of(), null, diversity, temperature);
    }

    @Test
    void anArmThatChangesNothingLeavesTheUsualSettings() {
        assertThat(usual.with(ArmSettings.UNCHANGED)).isSameAs(usual);
        assertThat(usual.boosts(QUERY)).isSameAs(QUERY.boosts());
        assertThat(usual.diversity(QUERY)).isEqualTo(0.3);
    }

    @Test
    void whatAnArmNamesIsReplacedAndTheRestStays() {
        ListSettings changed = usual.with(arm("weighted", Map.of("content", 2.0), 0.9, null));

        assertThat(changed.strategy()).isEqualTo(new WeightedStrategy());
        assertThat(changed.diversity(QUERY)).isEqualTo(0.9);
        assertThat(changed.temperature()).isEqualTo(0.1);
        assertThat(changed.popularOnly()).isFalse();
    }

    @Test
    void ofTwoArmsThatSetOneThingTheSecondCounts() {
        ListSettings changed =
                usual.with(arm("weighted", Map.of("content", 2.0, "trending", 3.0), 0.9, 0.4))
                        .with(arm("switching", Map.of("content", 0.5), null, 0.0));

        assertThat(changed.strategy()).isEqualTo(new SwitchingStrategy());
        assertThat(changed.weights()).isEqualTo(Map.of("content", 0.5, "trending", 3.0));
        assertThat(changed.diversity(QUERY)).isEqualTo(0.9);
        assertThat(changed.temperature()).isZero();
    }

    @Test
    void popularItemsAreAStrategyLikeAnyOther() {
        ArmSettings popular = arm("popular", Map.of(), null, null);
        ArmSettings weighted = arm("weighted", Map.of(), null, null);
        ArmSettings diverse = arm(null, Map.of(), 0.5, null);

        assertThat(usual.with(popular).with(diverse).popularOnly()).isTrue();
        assertThat(usual.with(popular).with(weighted).popularOnly()).isFalse();
        assertThat(usual.with(weighted).with(popular).popularOnly()).isTrue();
    }

    @Test
    void boostsAndFiltersAreAddedToThoseOfTheRequestAndOfOtherArms() {
        Boost one = new Boost(FILMS, 3);
        Boost other = new Boost(NEW, 0.5);
        ListSettings changed =
                usual.with(new ArmSettings(null, Map.of(), List.of(one), FILMS, null, null))
                        .with(new ArmSettings(null, Map.of(), List.of(other), NEW, null, null));

        assertThat(changed.boosts(QUERY))
                .containsExactly(QUERY.boosts().getFirst(), one, other)
                .hasSize(3);
        assertThat(changed.filters()).containsExactly(FILMS, NEW);
    }
}
