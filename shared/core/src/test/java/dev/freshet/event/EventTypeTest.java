package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypeTest {
    private static final Path PAGE = Path.of("../../docs/events.md");
    private static final String BEGIN = "<!-- the event types: written by EventTypeTest -->\n";
    private static final String END = "<!-- the end of the event types -->";

    /** The numbers under which types are stored. An entry is never changed or removed. */
    @Test
    void everyTypeKeepsTheNumberItIsStoredUnder() {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (EventType type : EventType.values()) {
            numbers.put(type.wireName(), type.number());
        }
        String[] inOrder = {
            "view", "click", "scroll", "dwell", "submit", "play", "share", "like",
            "bookmark", "comment", "follow", "purchase", "rating", "impression", "dislike", "hide",
            "cart"
        };
        for (int number = 0; number < inOrder.length; number++) {
            assertThat(numbers).containsEntry(inOrder[number], number);
        }
        assertThat(numbers).containsEntry("own_1", 48).containsEntry("own_16", 63);
        assertThat(numbers.values()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void aTypeIsFoundByItsNameAndByItsNumber(EventType type) {
        assertThat(EventType.ofWireName(type.wireName())).contains(type);
        assertThat(EventType.ofNumber(type.number())).contains(type);
        assertThat(type.number()).isBetween(0, (1 << EventType.NUMBER_BITS) - 1);
        assertThat(type.sign()).isBetween(-1, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 64, 1000})
    void aNumberThatDoesNotFitIsRefusedAndHasNoType(int number) {
        assertThatThrownBy(() -> EventType.checked(number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(number));
        assertThat(EventType.ofNumber(number)).isEmpty();
    }

    @Test
    void aNumberThatIsNotAssignedHasNoType() {
        assertThat(EventType.ofNumber(47)).isEmpty();
        assertThat(EventType.ofWireName("nod")).isEmpty();
    }

    /** The table of types in the docs; {@code -Dfreshet.update=true} writes it anew. */
    @Test
    void theTableInTheDocsListsTheTypes() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).contains(BEGIN, END);
        String fresh =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
                        + table()
                        + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("freshet.update")) {
            Files.writeString(PAGE, fresh);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/events.md lists the event types; -Dfreshet.update=true writes it anew")
                .isEqualTo(fresh);
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| type | value | strength | target |\n");
        table.append("|---|---|---|---|\n");
        for (EventType type : EventTypes.BUILT_IN.all()) {
            table.append(
                    "| `%s` | %s | %s | %s |\n"
                            .formatted(type.wireName(), value(type), strength(type), target(type)));
        }
        return table.toString();
    }

    private static String value(EventType type) {
        return switch (type.valueKind()) {
            case NONE -> "none";
            case PERCENT -> "percent, 0 to 100";
            case SECONDS -> "seconds, 0 to 86,400";
            case STARS -> "stars, 0.5 to 5";
            case MONEY -> "`{amount, currency}`, optional";
            case NUMBER -> "number, 0 to 1,000,000,000";
        };
    }

    private static String target(EventType type) {
        return type == EventType.IMPRESSION
                ? "none: `items`"
                : type.needsTarget() ? "required" : "optional";
    }

    private static String strength(EventType type) {
        List<List<Double>> points = type.strength().points();
        if (points.size() == 1) {
            return number(points.getFirst().getLast());
        }
        String unit =
                switch (type.valueKind()) {
                    case PERCENT -> " %";
                    case SECONDS -> " s";
                    case STARS -> " stars";
                    case NONE, MONEY, NUMBER -> "";
                };
        return points.stream()
                .map(point -> number(point.getFirst()) + unit + ": " + number(point.getLast()))
                .collect(Collectors.joining(" \u00b7 "));
    }

    private static String number(double number) {
        return new BigDecimal(Double.toString(number))
                .stripTrailingZeros()
                .toPlainString()
                .replace('-', '\u2212');
    }
}
