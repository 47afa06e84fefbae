package dev.freshet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.demo.DemoBaselines.ClickRates;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.GeneratedSite.GeneratedItem;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoBaselinesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static ObjectNode answer(List<String> itemIds) {
        ObjectNode answer = new ObjectMapper().createObjectNode();
        itemIds.forEach(id -> answer.withArray("items").addObject().put("itemId", id));
        return answer;
    }

    private static double attraction(GeneratedSite site, SimulatedUser user, String itemId) {
        return site.attraction(user, Objects.requireNonNull(site.item(itemId)), START);
    }

    @ParameterizedTest
    @EnumSource
    void theOracleShowsTheMostAttractiveItemsThatTheRulesAllow(DemoWorld world) {
        GeneratedSite site = world.site(3, 5, START);
        DemoBaselines baselines = new DemoBaselines(world, site);
        SimulatedUser user = site.users().getFirst();

        List<String> best = baselines.oracle(user, Set.of(), START);

        assertThat(best).hasSize(Simulation.LIST_LENGTH).doesNotHaveDuplicates();
        double last = attraction(site, user, best.getLast());
        assertThat(site.items())
                .filteredOn(item -> !best.contains(item.item().itemId()))
                .filteredOn(item -> world.shows(item.item()))
                .allSatisfy(
                        item ->
                                assertThat(site.attraction(user, item, START))
                                        .isLessThanOrEqualTo(last));
        assertThat(best)
                .extracting(id -> Objects.requireNonNull(site.item(id)).item())
                .allMatch(world::shows);
    }

    @Test
    void whatWasClickedIsLeftOutOfTheNewspaperAndNotOfTheShop() {
        for (DemoWorld world : DemoWorld.values()) {
            GeneratedSite site = world.site(3, 5, START);
            DemoBaselines baselines = new DemoBaselines(world, site);
            SimulatedUser user = site.users().getFirst();
            List<String> best = baselines.oracle(user, Set.of(), START);

            List<String> again = baselines.oracle(user, new HashSet<>(best.subList(0, 4)), START);

            if (world == DemoWorld.NEWSPAPER) {
                assertThat(again.subList(0, 6)).isEqualTo(best.subList(4, 10));
            } else {
                assertThat(again).isEqualTo(best);
            }
        }
    }

    @Test
    void noListIsBetterThanTheOracle() {
        GeneratedSite site = DemoWorld.NEWSPAPER.site(3, 5, START);
        DemoBaselines baselines = new DemoBaselines(DemoWorld.NEWSPAPER, site);
        SimulatedUser user = site.users().getFirst();
        List<String> best = baselines.oracle(user, Set.of(), START);

        baselines.compare(user, answer(best), Set.of(), START, new SplittableRandom(1));

        ClickRates.Rates rates = baselines.rates().all();
        assertThat(rates.personalised()).isEqualTo(rates.oracle(), within(1e-12));
        assertThat(rates.oracle()).isGreaterThan(rates.random());
        baselines.compare(user, answer(best.reversed()), Set.of(), START, new SplittableRandom(1));
        rates = baselines.rates().all();
        assertThat(rates.personalised()).isLessThan(rates.oracle());
    }

    @Test
    void theLatestRatesAreOfListsOfTheLastMinute() {
        ClickRates rates = new ClickRates();
        assertThat(rates.all()).isEqualTo(new ClickRates.Rates(0, 0, 0, 0));
        assertThat(rates.latest()).isEqualTo(new ClickRates.Rates(0, 0, 0, 0));
        rates.add(START, new ClickRates.Rates(0.25, 0.125, 0, 0.5));
        rates.add(START.plusSeconds(60), new ClickRates.Rates(0.75, 0.125, 0.25, 1));

        assertThat(rates.latest()).isEqualTo(new ClickRates.Rates(0.5, 0.125, 0.125, 0.75));

        rates.add(START.plusSeconds(61), new ClickRates.Rates(0.25, 0.25, 0.25, 1));

        assertThat(rates.latest()).isEqualTo(new ClickRates.Rates(0.5, 0.1875, 0.25, 1));
        assertThat(rates.all().personalised()).isEqualTo(1.25 / 3);
        assertThat(rates.latest().timesPopular()).isEqualTo(0.5 / 0.1875);
        assertThat(rates.latest().shareOfOracle()).isEqualTo(0.5);
    }

    @Test
    void theFilterOfTheShopIsWhatItsWordsSay() {
        GeneratedSite shop = DemoWorld.SHOP.site(3, 5, START);

        assertThat(DemoWorld.SHOP.filter().orElseThrow().toString())
                .isEqualTo("{\"field\":\"attributes.stock\",\"from\":1}");
        assertThat(DemoWorld.NEWSPAPER.filter()).isEmpty();
        assertThat(shop.items())
                .extracting(GeneratedItem::item)
                .anyMatch(item -> !DemoWorld.SHOP.shows(item));
    }
}
