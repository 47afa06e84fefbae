package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.event.EventType.ValueKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrengthsTest {
    private final Strengths table = Strengths.DEFAULTS;

    private double dwell(double seconds) {
        return table.of(EventType.DWELL, Value.of(ValueKind.SECONDS, seconds));
    }

    private double rating(double stars) {
        return table.of(EventType.RATING, Value.of(ValueKind.STARS, stars));
    }

    @Test
    void twoSecondsAreNotTwoHundred() {
        assertThat(dwell(2)).isEqualTo(0.1);
        assertThat(dwell(200)).isGreaterThan(2);
        assertThat(dwell(75)).isCloseTo(1.5, within(1e-12));
        assertThat(dwell(300)).isEqualTo(dwell(86_400)).isEqualTo(3);
    }

    @Test
    void oneStarIsNotFive() {
        assertThat(rating(1)).isNegative();
        assertThat(rating(5)).isEqualTo(3);
        assertThat(rating(0.5)).isLessThan(rating(1));
    }

    @Test
    void dislikeAndHideAreNegative() {
        assertThat(table.of(EventType.DISLIKE, Value.NONE)).isNegative();
        assertThat(table.of(EventType.HIDE, Value.NONE)).isNegative();
    }

    @Test
    void aPurchaseWeighsTheSameWithItsAmountAndWithout() {
        for (String own : List.of("{}", "{\"purchase\": 3}")) {
            Strengths strengths = Strengths.parse(own, EventTypes.BUILT_IN);
            assertThat(strengths.of(EventType.PURCHASE, Value.NONE))
                    .isEqualTo(strengths.of(EventType.PURCHASE, Value.money(250, "EUR")))
                    .isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeHasAStrength(EventType type) {
        assertThat(table.of(type, Value.NONE)).isBetween(-Strengths.MAX, Strengths.MAX);
    }

    @Test
    void anOwnerOverridesWithANumberOrPoints() {
        Strengths own =
                Strengths.parse(
                        "{\"view\": 0.25, \"dwell\": [[0, 0], [60, 2]]}", EventTypes.BUILT_IN);

        assertThat(own.of(EventType.VIEW, Value.NONE)).isEqualTo(0.25);
        assertThat(own.of(EventType.DWELL, Value.of(ValueKind.SECONDS, 30))).isEqualTo(1);
        assertThat(own.of(EventType.LIKE, Value.NONE))
                .isEqualTo(table.of(EventType.LIKE, Value.NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"glance\": 1}",
                "{\"view\": \"1\"}",
                "{\"purchase\": [[0, 1], [100, 5]]}",
                "{\"view\": 11}",
                "{\"view\": NaN}",
                "{\"view\": [[0, 1]]}",
                "{\"dwell\": []}",
                "{\"dwell\": [[0]]}",
                "{\"dwell\": [[1, 0], [1, 1]]}",
                "{\"dwell\": [[NaN, 0]]}"
            })
    void anOverrideThatCannotBeReadIsRefusedWithASentence(String json) {
        assertThatThrownBy(() -> Strengths.parse(json, EventTypes.BUILT_IN))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .endsWith(".");
    }
}
