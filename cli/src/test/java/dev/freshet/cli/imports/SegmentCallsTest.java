package dev.freshet.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.event.EventTypes;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentCallsTest {
    private static final String ORDER =
            """
            {'type':'track','event':'Order Completed','messageId':'m-1','userId':'u-1','anonymousId':'a1',
            'timestamp':'2024-05-01T10:00:00.000Z','properties':{'order_id':'o','currency':'EUR','products':[
            {'product_id':'p-1','price':9.5,'quantity':2},{'sku':'p-2','price':1},{'name':'no id'}]},
            'context':{'userAgent':'Mozilla/5.0','locale':'de-DE','page':{'url':'https://www.example.org/x'}}}\
            """;

    private final LineParser parser = LineParser.of("segment");
    private final ApiRules rules =
            new ApiRules(Instant.parse("2026-11-26T20:00:00Z"), EventTypes.BUILT_IN);

    @Test
    void anOrderIsAPurchaseOfEachOfItsProducts() {
        List<ImportEntry> entries = entries(ORDER);

        assertThat(entries).hasSize(2);
        ObjectNode first = event(ORDER);
        assertThat(first.path("eventId").asText()).isEqualTo("m-1");
        assertThat(first.path("type").asText()).isEqualTo("purchase");
        assertThat(first.path("itemId").asText()).isEqualTo("p-1");
        assertThat(first.path("anonymousId").asText()).isEqualTo("anon-a1");
        assertThat(first.path("value").toString())
                .isEqualTo("{\"amount\":19.0,\"currency\":\"EUR\"}");
        assertThat(first.path("context").path("locale").asText()).isEqualTo("de-DE");
        assertThat(((ImportEntry.OfEvent) entries.getLast()).json().path("eventId").asText())
                .isEqualTo("m-1-1");
        assertThat(entries).allSatisfy(entry -> assertThat(rules.check(entry)).isEmpty());
    }

    @Test
    void theUsualNamesOfEventsHaveTypes() {
        assertThat(type("Product Viewed")).isEqualTo("view");
        assertThat(type("product_added")).isEqualTo("cart");
        assertThat(type("Product Added to Wishlist")).isEqualTo("bookmark");
        assertThat(entries(track("Signed Up")).getFirst()).isInstanceOf(ImportEntry.Skipped.class);
    }

    @Test
    void aListOfProductsIsAnImpression() {
        String list = ORDER.replace("Order Completed", "Product List Viewed");

        assertThat(event(list).path("items").toString()).isEqualTo("[\"p-1\",\"p-2\"]");
    }

    @Test
    void identifyIsAUserWithoutWhatIdentifiesAPerson() {
        ImportEntry.OfUser user =
                (ImportEntry.OfUser)
                        entries(
                                        "{'type':'identify','userId':'u-1','traits':{'email':'x@example.org','name':'X','plan':'gold','age':41,'address':{'city':'x'}}}")
                                .getFirst();

        assertThat(user.userId()).isEqualTo("u-1");
        assertThat(user.json().toString())
                .isEqualTo("{\"attributes\":{\"plan\":\"gold\",\"age\":41}}");
    }

    @Test
    void pagesCountWhereTheyNameAnItem() {
        String page =
                "{'type':'page','userId':'u','timestamp':'2024-05-01T10:00:00Z','properties':{%s}}";

        assertThat(entries(page.formatted("'item_id':'i-1'")).getFirst())
                .isInstanceOf(ImportEntry.OfEvent.class);
        assertThat(entries(page.formatted("")).getFirst()).isInstanceOf(ImportEntry.Skipped.class);
    }

    private String type(String event) {
        return event(track(event)).path("type").asText();
    }

    private static String track(String event) {
        return "{'type':'track','event':'%s','userId':'u','timestamp':'2024-05-01T10:00:00Z','properties':{'product_id':'p'}}"
                .formatted(event);
    }

    private ObjectNode event(String text) {
        return ((ImportEntry.OfEvent) entries(text).getFirst()).json();
    }

    private List<ImportEntry> entries(String text) {
        return parser.entries(new InputLine(1, text.replace('\'', '"').replace("\n", "")));
    }
}
