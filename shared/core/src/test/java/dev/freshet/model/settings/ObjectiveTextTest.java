package dev.freshet.model.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectiveTextTest {
    @Test
    void namesTypesWithTheirWeightsAndAllOthersWeigh1() {
        EventTypes types = EventTypes.parse("{\"try-on\": {\"slot\": 2, \"strength\": 2}}");
        Objective objective = Objective.parse("purchase=5,cart=2.25,click=0,try-on=100", types);

        assertThat(objective.weight(EventType.PURCHASE)).isEqualTo(5);
        assertThat(objective.weight(EventType.CART)).isEqualTo(2.25);
        assertThat(objective.weight(EventType.CLICK)).isZero();
        assertThat(objective.weight(EventType.OWN_2)).isEqualTo(100);
        assertThat(objective.weight(EventType.VIEW)).isEqualTo(1);
        assertThat(Objective.EVEN.weight(EventType.PURCHASE)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | The weights must be like",
                "purchase | The weights must be like",
                "purchase= | The weights must be like",
                "purchase=-1 | The weights must be like",
                "purchase=1e3 | The weights must be like",
                "purchase=1.234 | The weights must be like",
                "purchase=NaN | The weights must be like",
                "purchase=5, | The weights must be like",
                "purchase=5; cart=2 | The weights must be like",
                "purchase=101 | The weight of purchase must be from 0 to 100.",
                "purchase=100.01 | The weight of purchase must be from 0 to 100.",
                "purchase=5,purchase=6 | The type purchase has two weights; give it one.",
                "impression=5 | There is no type of interaction impression.",
                "own_1=5 | There is no type of interaction own_1.",
                "buying=5 | There is no type of interaction buying.",
            })
    void aTextThatNamesNoWeightsIsRefusedWithASentence(String text, String sentence) {
        assertThatThrownBy(() -> Objective.parse(text, EventTypes.BUILT_IN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(sentence)
                .hasMessageEndingWith(".");
    }

    @Test
    void aTextHasAtMost500Characters() {
        assertThatThrownBy(
                        () -> Objective.parse("cart=1,".repeat(80) + "view=1", EventTypes.BUILT_IN))
                .hasMessage("The weights must be at most 500 characters.");
    }
}
