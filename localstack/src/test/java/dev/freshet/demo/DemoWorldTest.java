package dev.freshet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.catalog.Item;
import dev.freshet.folder.LocalState;
import dev.freshet.folder.OwnerKeys;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.GeneratedSite.GeneratedItem;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import dev.freshet.model.signal.ReasonMessage;
import dev.freshet.ranking.ReasonLanguages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class DemoWorldTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final StackSettings NOTHING_GIVEN = StackSettings.of(Map.of());
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @EnumSource
    void everyWorldHasTheSameWords(DemoWorld world) {
        JsonNode words = world.words();

        assertThat(words.path("world").asText()).isEqualTo(world.toString());
        DemoWorld.NEWSPAPER
                .words()
                .fieldNames()
                .forEachRemaining(name -> assertThat(words.has(name)).as(name).isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void aSessionIsOfEventsOfTheWorld(DemoWorld world) {
        List<ObjectNode> events = sessions(world, 1_500);

        assertThat(events).anyMatch(event -> event.path("type").asText().equals("like"));
        assertThat(events.stream().map(event -> event.path("type").asText()).distinct())
                .contains(
                        world == DemoWorld.SHOP
                                ? new String[] {"click", "cart", "purchase"}
                                : new String[] {"click", "dwell"});
    }

    @Test
    void whatIsBoughtHasThePriceOfTheProduct() {
        GeneratedSite shop = DemoWorld.SHOP.site(1, 20, START);

        assertThat(sessions(DemoWorld.SHOP, 1_500))
                .filteredOn(event -> event.path("type").asText().equals("purchase"))
                .isNotEmpty()
                .allSatisfy(
                        event -> {
                            String id = event.at("/target/id").asText();
                            Item bought = Objects.requireNonNull(shop.item(id)).item();
                            JsonNode price = JSON.valueToTree(bought.attributes().get("price"));
                            assertThat(event.at("/value/currency").asText()).isEqualTo("EUR");
                            assertThat(event.at("/value/amount").asDouble())
                                    .isEqualTo(price.path("value").asDouble());
                        });
    }

    @Test
    void theCommandTakesTheNameOfAWorld() {
        CommandLine command = new CommandLine(new DemoCommand());
        command.setCaseInsensitiveEnumValuesAllowed(true);

        assertThat(command.getUsageMessage()).contains("--world", "newspaper, shop");
        assertThat(
                        command.parseArgs("--world", "shop")
                                .matchedOptionValue("--world", DemoWorld.NEWSPAPER))
                .isEqualTo(DemoWorld.SHOP);
    }

    @Test
    void theShopGivesReasonsInItsOwnWordsAndOnlyInEnglish() {
        String texts = DemoWorld.SHOP.settings(NOTHING_GIVEN).text(StackOptions.REASON_TEXTS);
        ReasonLanguages languages = ReasonLanguages.parse(texts).orElseThrow();
        ReasonMessage.Verb put = new ReasonMessage.Verb("verb.cart", "picked");
        ReasonMessage because = new ReasonMessage("co-occurrence.done", "Tent", put, null);

        assertThat(languages.choose("en", null).text(because))
                .isEqualTo("Goes with Tent, which you put into your cart");
        assertThat(languages.choose("de", null).text(because))
                .isEqualTo(ReasonLanguages.OURS.choose("de", null).text(because));
    }

    @Test
    void textsOfReasonsThatAreGivenStay() {
        StackSettings given = StackSettings.of(Map.of("reasonTexts", "{\"new\":\"Fresh\"}"));

        assertThat(DemoWorld.SHOP.settings(given)).isEqualTo(given);
        assertThat(DemoWorld.NEWSPAPER.settings(NOTHING_GIVEN)).isEqualTo(NOTHING_GIVEN);
    }

    private static List<ObjectNode> sessions(DemoWorld world, int count) {
        GeneratedSite site = world.site(1, 20, START);
        RandomGenerator random = new SplittableRandom(5);
        List<ObjectNode> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SimulatedUser user = site.users().get(i % site.users().size());
            ObjectNode list = JSON.createObjectNode().put("exposure", "token");
            List<GeneratedItem> some = site.items().subList(i % 500, i % 500 + 10);
            some.forEach(
                    each ->
                            list.withArray("items")
                                    .addObject()
                                    .put("itemId", each.item().itemId()));
            events.addAll(
                    SimulatedSession.play("s" + i, user, list, "here", world, site, START, random)
                            .events());
        }
        return events;
    }

    @Test
    void aSiteThatIsShownBesideIsLinkedAsLongAsItIs(@TempDir Path folder) throws Exception {
        Path own = Files.createDirectory(folder.resolve(".freshet"));
        Path other = Files.createDirectory(folder.resolve(".freshet-shop"));
        WorldPage page =
                new WorldPage(
                        DemoWorld.NEWSPAPER,
                        DemoWorld.NEWSPAPER.site(1, 20, START),
                        () -> DemoCommand.otherSite(own));
        assertThat(link(page).isMissingNode()).isTrue();

        for (Path running : List.of(own, other)) {
            Files.writeString(
                    running.resolve(LocalState.RUNNING),
                    LocalState.note(URI.create("http://127.0.0.1:8788"), Map.of()));
            Files.writeString(
                    running.resolve(OwnerKeys.FILE), new OwnerKeys("fpk_a", "fsk_a").toJson());
        }
        assertThat(link(page).asText()).isEqualTo("http://127.0.0.1:8788/#key=fpk_a");

        Files.delete(other.resolve(LocalState.RUNNING));
        assertThat(link(page).isMissingNode()).isTrue();
    }

    private static JsonNode link(WorldPage page) throws IOException {
        return JSON.readTree(page.reply().body()).path("otherSiteAt");
    }
}
