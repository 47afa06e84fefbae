package dev.freshet.insight;

import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.catalog.Item;
import dev.freshet.event.EventType;
import dev.freshet.example.Example;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.example.Pseudonym;
import dev.freshet.insight.ItemReport.Order;
import dev.freshet.model.Components;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.log.Replica.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers about the catalogue and its items, against a reckoning from the examples. */
class CatalogueReportTest {
    private static final Instant NOW = Examples.NOON.plus(Duration.ofDays(3));

    private final Examples examples = new Examples();
    private final List<Example> all = new ArrayList<>();

    private Model model() {
        return learned(all);
    }

    private CatalogueReport catalogue() {
        return CatalogueReport.of(new Versioned(model(), 5, NOW));
    }

    private ItemReport items(Order order) {
        return ItemReport.of(new Versioned(model(), 5, NOW), order, Optional.empty(), 100);
    }

    private Example.Exposure list(Duration afterNoon, List<String> itemIds) {
        List<Example.Exposure.Place> places = new ArrayList<>();
        for (String itemId : itemIds) {
            places.add(new Example.Exposure.Place(itemId, places.size(), 1, false));
        }
        return Example.Exposure.of(
                examples.next(), new Pseudonym(7), hour(afterNoon), "home", List.of(), places);
    }

    private static int hour(Duration afterNoon) {
        return (int) (Examples.NOON.plus(afterNoon).getEpochSecond() / 3_600);
    }

    private Example.Interaction clicked(String itemId, Duration afterNoon) {
        ListCredit.ListPlace place =
                new ListCredit.ListPlace(true, "home", List.of(), hour(afterNoon), 0, 1);
        return examples.interaction(7, itemId, afterNoon)
                .credited(ListCredit.of(OutcomeKind.CLICK, place).clicked(true, true, List.of()));
    }

    private static Example.ItemChanged item(
            String id, List<Item.Availability> availability, Integer... terms) {
        Example.ItemChanged changed = Examples.item(id, 1, List.of("tag"), terms);
        Item item = Components.with(changed.item(), "availability", availability);
        return Components.with(changed, "item", item);
    }

    private void put(int items) {
        for (int n = 0; n < items; n++) {
            all.add(item("item-" + n, List.of(), n));
        }
    }

    private void put(String... items) {
        for (String id : items) {
            all.add(item(id, List.of(), id.length()));
        }
    }

    @Test
    void coverageIsThatReckonedFromTheLists() {
        SplittableRandom random = new SplittableRandom(9);
        Set<String> shown = new HashSet<>();
        put(200);
        for (int n = 0; n < 300; n++) {
            Duration at = Duration.ofMinutes(10L * n);
            String one = "item-" + random.nextInt(1 + random.nextInt(150));
            String other = "item-" + random.nextInt(150);
            all.add(examples.interaction(n, one, at));
            all.add(list(at, List.of(one, other)));
            shown.addAll(List.of(one, other));
        }
        all.add(Examples.deleted("item-0", 2));
        shown.remove("item-0");
        CatalogueReport report = catalogue();

        assertThat(report.items()).isEqualTo(199);
        assertThat(report.available()).isEqualTo(199);
        assertThat(report.shown()).isEqualTo(shown.size());
        assertThat(report.neverShown().count()).isEqualTo(199 - shown.size());
        assertThat(items(Order.NEVER_SHOWN).items())
                .extracting(ItemReport.Row::itemId)
                .doesNotContainAnyElementsOf(shown)
                .hasSize(Math.min(100, 199 - shown.size()));
        assertThat(report.gini()).isBetween(0.1, 0.95);
        assertThat(Objects.requireNonNull(report.timeToFirstShowing()).items())
                .isEqualTo(shown.size());
    }

    @Test
    void whyAnItemIsNotShownIsTheFirstReasonThatHolds() {
        all.add(item("elsewhere", List.of(new Item.Availability(Set.of("JP"), null, null)), 1));
        all.add(item("reached", List.of(new Item.Availability(Set.of("BR-SP"), null, null)), 1));
        all.add(item("over", List.of(new Item.Availability(Set.of(), null, Examples.NOON)), 1));
        all.add(item("wordless", List.of()));
        all.add(item("unknown", List.of(), 2));
        all.add(item("outranked", List.of(), 3));
        all.add(examples.interaction(1, "outranked"));

        assertThat(catalogue().neverShown().reasons())
                .containsExactly(
                        new CatalogueReport.Reason(CatalogueReport.NeverShownReason.NO_REGION, 1),
                        new CatalogueReport.Reason(CatalogueReport.NeverShownReason.NO_TEXT, 1),
                        new CatalogueReport.Reason(
                                CatalogueReport.NeverShownReason.NEVER_A_CANDIDATE, 2),
                        new CatalogueReport.Reason(CatalogueReport.NeverShownReason.OUTRANKED, 1));
        assertThat(catalogue().gini()).isNull();
        assertThat(catalogue().timeToFirstShowing()).isNull();
    }

    @Test
    void withoutAnythingThereAreNoFigures() {
        CatalogueReport report = catalogue();

        assertThat(report.available()).isZero();
        assertThat(report.neverShown().reasons()).isEmpty();
        for (Order order : Order.values()) {
            assertThat(items(order).items()).isEmpty();
        }
    }

    @Test
    void attentionIsDrawnToThatOfTheTypeAndNeedsTenReadingsOfEnoughPeople() {
        put("long", "short", "few", "one person");
        for (int user = 0; user < 12; user++) {
            all.add(dwelt(user, "long", 300));
            all.add(dwelt(user, "short", 20));
            all.add(dwelt(1, "one person", 100));
        }
        all.add(dwelt(1, "few", 100));
        double usual = (12 * (300 + 20 + 100) + 100) / 37.0;
        ItemReport report = items(Order.ATTENTION);

        assertThat(report.items())
                .extracting(ItemReport.Row::itemId)
                .containsExactly("long", "short");
        var attention = (ItemFigures.Attention) report.items().getFirst().figures();
        assertThat(attention.attentionSeconds())
                .isCloseTo((12 * 300 + 20 * usual) / 32, within(1e-9));
        assertThat(attention.expectedSeconds()).isNull();
    }

    private Example.Interaction dwelt(long user, String id, int seconds) {
        return examples.interaction(
                user, id, EventType.DWELL, 1, seconds, Duration.ofMinutes(user));
    }

    @Test
    void shownInVainIsBelowHalfOfTheUsualRate() {
        put("liked", "in vain", "rare");
        all.add(examples.interaction(1, "liked", Duration.ofDays(2)));
        for (int n = 0; n < 400; n++) {
            Duration at = Duration.ofDays(2);
            all.add(list(at, List.of(n % 4 == 0 ? "rare" : "in vain", "liked")));
            if (n % 5 == 0) {
                all.add(clicked("liked", at));
            }
        }
        ItemReport report = items(Order.SHOWN_IN_VAIN);

        assertThat(report.items()).extracting(ItemReport.Row::itemId).containsExactly("in vain");
        var figures = (ItemFigures.ShownInVain) report.items().getFirst().figures();
        assertThat(figures.placementRate()).isCloseTo(0.1, within(1e-9));
        assertThat(figures.clicks()).isZero();
        assertThat(figures.clickRateUpper()).isLessThan(0.05);
    }

    @Test
    void anItemThatRisesAgainstTheHourBeforeIsListedFromFiveUsersOn() {
        put(20);
        long user = 0;
        for (int n = 0; n < 20; n++) {
            for (int one = 0; one < 20; one++) {
                all.add(examples.interaction(++user, "item-" + n));
            }
        }
        for (int n = 0; n < 20; n++) {
            for (int one = 0; one < (n == 3 ? 90 : 15); one++) {
                all.add(examples.interaction(++user, "item-" + n, Duration.ofHours(1)));
            }
        }
        ItemReport report = items(Order.RISING);

        assertThat(report.items()).extracting(ItemReport.Row::itemId).containsExactly("item-3");
        var rising = (ItemFigures.Rising) report.items().getFirst().figures();
        assertThat(rising.users()).isEqualTo(90);
        assertThat(rising.usersBefore()).isEqualTo(20);
    }

    @Test
    void pagesHaveEachItemOnceAlthoughOthersComeBetween() {
        put(25);
        List<String> seen = new ArrayList<>();
        Optional<ItemReport.Position> after = Optional.empty();
        for (int page = 0; page < 5; page++) {
            ItemReport report =
                    ItemReport.of(new Versioned(model(), 5, NOW), Order.NEVER_SHOWN, after, 6);
            report.items().forEach(row -> seen.add(row.itemId()));
            after = Optional.ofNullable(report.next());
            all.add(item("item-" + page + "-between", List.of(), page));
            all.add(list(Duration.ZERO, List.of(seen.getFirst())));
        }

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen).containsAll(IntStream.range(0, 25).mapToObj(n -> "item-" + n).toList());
    }
}
