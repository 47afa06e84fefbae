package dev.freshet.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.profile.AttributeRules.Cohort;
import dev.freshet.profile.AttributeRules.StatedInterest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttributeRulesTest {
    private static final AttributeRules RULES =
            new AttributeRules(List.of("profession", "plan"), List.of("interests", "brand"));

    @Test
    void usersWithTheSameValueAreOfOneCohort() {
        List<Cohort> nurse = RULES.cohortsOf(Map.of("profession", AttributeValue.of("nurse")));
        assertThat(nurse).extracting(Cohort::attribute).containsExactly("profession");
        assertThat(RULES.cohortsOf(Map.of("profession", AttributeValue.of("nurse"))))
                .isEqualTo(nurse);
        assertThat(RULES.cohortsOf(Map.of("profession", AttributeValue.of("cook"))))
                .doesNotContainAnyElementsOf(nurse);
        assertThat(RULES.cohortsOf(Map.of("plan", AttributeValue.of("nurse"))))
                .extracting(Cohort::id)
                .doesNotContain(nurse.getFirst().id());
    }

    @Test
    void theIdOfACohortIsStoredAndNeverChanges() {
        assertThat(RULES.cohortsOf(Map.of("profession", AttributeValue.of("nurse"))))
                .extracting(Cohort::id)
                .containsExactly(-1_075_587_722);
    }

    @Test
    void numbersAndFlagsMakeCohortsAndListsDoNot() {
        assertThat(RULES.cohortsOf(Map.of("plan", AttributeValue.of(2))))
                .isEqualTo(RULES.cohortsOf(Map.of("plan", AttributeValue.of("2"))));
        assertThat(RULES.cohortsOf(Map.of("plan", AttributeValue.of(true)))).hasSize(1);
        assertThat(RULES.cohortsOf(Map.of("plan", AttributeValue.of(List.of("a"))))).isEmpty();
        assertThat(RULES.cohortsOf(Map.of("city", AttributeValue.of("Recife")))).isEmpty();
    }

    @Test
    void textsAndListsOfTextsAreInterests() {
        assertThat(
                        RULES.interestsOf(
                                Map.of(
                                        "interests", AttributeValue.of(List.of("chess", "bread")),
                                        "brand", AttributeValue.of("Acme"),
                                        "city", AttributeValue.of("Recife"))))
                .containsExactly(
                        new StatedInterest("interests", Set.of("bread", "chess")),
                        new StatedInterest("brand", Set.of("Acme")));
        assertThat(RULES.interestsOf(Map.of("brand", AttributeValue.of(3)))).isEmpty();
    }

    @Test
    void atMostFourDifferentAttributesOfAKindAreNamed() {
        assertThat(AttributeRules.areNames("a,b,c,d")).isTrue();
        assertThat(AttributeRules.areNames("a,b,c,d,e")).isFalse();
        assertThat(AttributeRules.areNames("a,a")).isFalse();
        assertThat(AttributeRules.areNames("a,,b")).isFalse();
        assertThat(AttributeRules.areNames("")).isFalse();
        assertThatThrownBy(() -> new AttributeRules(List.of("a", "a"), List.of()))
                .hasMessageContaining("different attributes");
    }
}
