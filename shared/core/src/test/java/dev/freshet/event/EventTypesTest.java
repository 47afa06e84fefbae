package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.EventType.ValueKind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypesTest {
    private static final EventTypes SHOP =
            EventTypes.parse(
                    """
                    {"try-on": {"slot": 3, "value": "seconds", "strength": [[0, 0.5], [60, 3]]},
                     "sent_back": {"slot": 1, "value": "money", "strength": -4},
                     "chat": {"slot": 16, "strength": 0, "target": "optional"}}
                    """);

    private static EventType slot(int number) {
        return EventType.ofNumber(47 + number).orElseThrow();
    }

    @Test
    void aTypeOfTheOwnerIsKnownByItsNameAndStoredUnderItsSlot() {
        assertThat(SHOP.ofName("try-on")).contains(slot(3));
        assertThat(SHOP.nameOf(slot(3))).isEqualTo("try-on");
        assertThat(slot(3).wireName()).isEqualTo("own_3");
        assertThat(SHOP.valueKind(slot(3))).isEqualTo(ValueKind.SECONDS);
        assertThat(SHOP.needsTarget(slot(3))).isTrue();
        assertThat(SHOP.needsTarget(slot(16))).isFalse();
    }

    @Test
    void theTypesOfTheProductStayAsTheyAre() {
        for (EventType type : EventTypes.BUILT_IN.all()) {
            assertThat(SHOP.ofName(type.wireName())).contains(type);
            assertThat(SHOP.nameOf(type)).isEqualTo(type.wireName());
            assertThat(SHOP.valueKind(type)).isEqualTo(type.valueKind());
            assertThat(SHOP.needsTarget(type)).isEqualTo(type.needsTarget());
            assertThat(SHOP.sign(type)).isEqualTo(type.sign());
        }
        assertThat(SHOP.all())
                .startsWith(EventTypes.BUILT_IN.all().toArray(EventType[]::new))
                .endsWith(slot(1), slot(3), slot(16))
                .hasSize(EventTypes.BUILT_IN.all().size() + 3);
    }

    @Test
    void theStrengthOfATypeFollowsItsDefinition() {
        Strengths strengths = Strengths.of(SHOP);
        assertThat(strengths.of(slot(3), Value.of(ValueKind.NUMBER, 30))).isEqualTo(1.75);
        assertThat(strengths.of(slot(3), Value.of(ValueKind.NUMBER, 600))).isEqualTo(3);
        assertThat(strengths.of(slot(1), Value.money(20, "EUR"))).isEqualTo(-4);
        assertThat(List.of(SHOP.sign(slot(3)), SHOP.sign(slot(1)), SHOP.sign(slot(16))))
                .containsExactly(1, -1, 0);
        Strengths changed = Strengths.parse("{\"try-on\": 2}", SHOP);
        assertThat(changed.of(slot(3), Value.of(ValueKind.NUMBER, 0))).isEqualTo(2);
    }

    /** An event can be under way while its definition is removed; its row is worth nothing then. */
    @Test
    void aSlotWithoutADefinitionIsWorthNothingAndIsNamedByItsNumber() {
        EventTypes without = EventTypes.BUILT_IN;
        assertThat(Strengths.of(without).of(slot(3), Value.of(ValueKind.NUMBER, 30))).isZero();
        assertThat(without.nameOf(slot(3))).isEqualTo("own_3");
        assertThat(without.sign(slot(3))).isZero();
        assertThat(without.ofName("try-on")).isEmpty();
    }

    @Test
    void aNewNameForASlotIsANewNameForWhatIsStored() {
        EventTypes renamed = EventTypes.parse("{\"fitting\": {\"slot\": 3, \"strength\": 2}}");
        assertThat(renamed.nameOf(slot(3))).isEqualTo("fitting");
        assertThat(renamed.ofName("try-on")).isEmpty();
    }

    /** Otherwise a stranger could send events of types that nobody has defined. */
    @ParameterizedTest
    @ValueSource(strings = {"own_1", "own_3", "own_16", "OWN_3", "own_0", ""})
    void aSlotsOwnNameIsNoTypeThatAClientCanSend(String name) {
        assertThat(SHOP.ofName(name)).isEmpty();
        assertThat(EventTypes.BUILT_IN.ofName(name)).isEmpty();
    }

    @Test
    void sixteenTypesHaveRoomAndASeventeenthHasNoSlot() {
        assertThat(EventTypes.parse(definitions(16)).all()).hasSize(EventType.values().length);
        assertThatThrownBy(() -> EventTypes.parse(definitions(17)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The slot of t17 must be a whole number from 1 to 16.");
    }

    private static String definitions(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> "\"t%d\":{\"slot\":%d,\"strength\":1}".formatted(n, n))
                .collect(Collectors.joining(",", "{", "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | The event types must be a JSON object by name.",
                "{ | The event types are not JSON",
                "{'a': 5} | The event type a must be a JSON object.",
                "{'a': {'strength': 1}} | The slot of a must be a whole number from 1 to 16.",
                "{'a': {'slot': 0, 'strength': 1}} | The slot of a must be",
                "{'a': {'slot': 1.5, 'strength': 1}} | The slot of a must be",
                "{'a': {'slot': 1e9, 'strength': 1}} | The slot of a must be",
                "{'a': {'slot': 1}} | The strength of a must be a number",
                "{'a': {'slot': 1, 'strength': 11}} | The strength of a must be a number from",
                "{'a': {'slot': 1, 'strength': NaN}} | The strength of a must be a number from",
                "{'a': {'slot': 1, 'strength': [[0, 1]]}} | The strength of a must be a number: it",
                "{'a': {'slot': 1, 'value': 'stars', 'strength': 1}} | The value of a must be",
                "{'a': {'slot': 1, 'value': 5, 'strength': 1}} | The value of a must be",
                "{'a': {'slot': 1, 'strength': 1, 'target': 'x'}} | The target of a must be",
                "{'a': {'slot': 1, 'strength': 1, 'verb': 'x'}} | The event type a has a member",
                "{'a': {'slot': 1, 'strength': 1}, 'b': {'slot': 1, 'strength': 1}} | same slot",
                "{'a': {'slot': 1, 'strength': 1}, 'a': {'slot': 2, 'strength': 1}} | not JSON",
                "{'cart': {'slot': 1, 'strength': 1}} | There is an event type cart already",
                "{'own_2': {'slot': 1, 'strength': 1}} | There is an event type own_2 already",
                "{'own_99': {'slot': 1, 'strength': 1}} | There is an event type own_99 already",
                "{'': {'slot': 1, 'strength': 1}} | The name of an event type must be",
                "{'Try': {'slot': 1, 'strength': 1}} | The name of an event type must be",
                "{'a b': {'slot': 1, 'strength': 1}} | The name of an event type must be",
                "{'a,b': {'slot': 1, 'strength': 1}} | The name of an event type must be",
                "{'<script>': {'slot': 1, 'strength': 1}} | The name of an event type must be",
                "{'\\u0000': {'slot': 1, 'strength': 1}} | The name of an event type must be",
                "{'abcdefghijklmnopqrstuvwxyzabcdefg': {'slot': 1}} | The name of an event type",
            })
    void aDefinitionThatCannotBeReadIsRefusedWithASentence(String json, String sentence) {
        assertThatThrownBy(() -> EventTypes.parse(json.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence)
                .hasMessageEndingWith(".");
    }

    @Test
    void definitionsAreNoLongerThanAnEnvironmentHasRoomFor() {
        assertThatThrownBy(() -> EventTypes.parse("{" + " ".repeat(1_000) + "}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The event types must be at most 1000 characters of JSON.");
    }
}
