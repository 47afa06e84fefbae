package dev.freshet.model.sums;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.Item;
import dev.freshet.model.Examples;
import dev.freshet.model.sums.TopicWindows.TopicWindow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TopicWindowsTest {
    private static final long NOON = Examples.NOON.getEpochSecond();
    private static final int HOUR = TopicWindows.hour(NOON);

    private static Item item(String... tags) {
        return Examples.item("a", 1, List.of(tags)).item();
    }

    private static Map<String, Long> units(TopicWindows windows, int hour, TopicKind kind) {
        TopicCounts counts = windows.hours().getOrDefault(hour, TopicWindow.EMPTY).of(kind);
        Map<String, Long> units = new HashMap<>();
        for (int at = 0; at < counts.size(); at++) {
            units.put(counts.topic(at), counts.units(at));
        }
        return units;
    }

    @Test
    void anItemCountsOnceInAllItsTopicsTogether() {
        TopicWindows.Draft draft = TopicWindows.EMPTY.draft();
        draft.add(item("sport", "tennis"), NOON, null, 1);
        draft.add(item("sport"), NOON, null, 1);
        TopicWindows windows = draft.seal();

        assertThat(units(windows, HOUR, TopicKind.TAG))
                .isEqualTo(
                        Map.of(
                                "sport", (long) TopicCounts.UNITS * 3 / 2,
                                "tennis", (long) TopicCounts.UNITS / 2));
        assertThat(units(windows, HOUR, TopicKind.AUTHOR))
                .isEqualTo(Map.of("author-1", 2L * TopicCounts.UNITS));
        assertThat(units(windows, HOUR, TopicKind.TYPE))
                .isEqualTo(Map.of("article", 2L * TopicCounts.UNITS));
    }

    @Test
    void whatIsTakenBackCountsNoMoreHoweverItIsCutIntoBatches() {
        TopicWindows.Draft whole = TopicWindows.EMPTY.draft();
        TopicWindows cut = TopicWindows.EMPTY;
        for (int sign : new int[] {1, -1, -1, 1, -1}) {
            for (String country : List.of("DE", "FR")) {
                whole.add(item("sport"), NOON, country, country.equals("FR") ? -1 : sign);
                TopicWindows.Draft one = cut.draft();
                one.add(item("sport"), NOON, country, country.equals("FR") ? -1 : sign);
                cut = one.seal();
            }
        }

        assertThat(whole.seal()).isEqualTo(cut);
        assertThat(cut.hours().get(HOUR)).isEqualTo(TopicWindow.EMPTY);
        assertThat(cut.countries())
                .containsEntry(HOUR / 24, new TreeMap<>(Map.of("DE", TopicWindow.EMPTY)));
    }

    @Test
    void countriesAreCountedByDay() {
        TopicWindows.Draft draft = TopicWindows.EMPTY.draft();
        draft.add(item("sport"), NOON, "DE", 1);
        draft.add(item("sport"), NOON + 3_600, "DE", 1);
        TopicWindows windows = draft.seal();

        assertThat(windows.countries()).containsOnlyKeys(HOUR / 24);
        assertThat(windows.countries().get(HOUR / 24)).containsOnlyKeys("DE");
        assertThat(windows.hours()).containsOnlyKeys(HOUR, HOUR + 1);
    }

    @Test
    void hoursAndDaysAreKeptForNineDays() {
        TopicWindows.Draft draft = TopicWindows.EMPTY.draft();
        draft.add(item("old"), NOON, "DE", 1);
        draft.add(item("new"), NOON + 3_600L * TopicWindows.HOURS, "DE", 1);
        draft.add(item("late"), NOON + 3_600, "DE", 1);
        draft.add(item("too late"), NOON, "DE", 1);
        TopicWindows windows = draft.seal();

        assertThat(windows.hours()).containsOnlyKeys(HOUR + 1, HOUR + TopicWindows.HOURS);
        assertThat(windows.countries()).hasSize(1);
    }

    @Test
    void ofManyTopicsAndCountriesTheFirstAreCounted() {
        TopicWindows.Draft draft = TopicWindows.EMPTY.draft();
        for (int n = 0; n < TopicKind.TAG.mostInHour() + 1; n++) {
            draft.add(item("tag-" + n), NOON, "DE", 1);
        }
        for (int n = 0; n < TopicWindows.MAX_COUNTRIES + 5; n++) {
            String country = "" + (char) ('A' + n / 26) + (char) ('A' + n % 26);
            draft.add(item("tag-0"), NOON, country, 1);
        }
        TopicWindows windows = draft.seal();

        SortedMap<String, TopicWindow> countries =
                Objects.requireNonNull(windows.countries().get(HOUR / 24));
        assertThat(units(windows, HOUR, TopicKind.TAG))
                .hasSize(2_000)
                .containsEntry("tag-0", 70L * TopicCounts.UNITS)
                .doesNotContainKey("tag-2000");
        assertThat(windows.countries().get(HOUR / 24)).hasSize(TopicWindows.MAX_COUNTRIES);
        assertThat(countries.getOrDefault("DE", TopicWindow.EMPTY).of(TopicKind.TAG).size())
                .isEqualTo(TopicKind.TAG.mostInCountry());
    }
}
