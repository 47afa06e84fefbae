import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.EventsApi;
import org.openapitools.client.api.ExperimentsApi;
import org.openapitools.client.api.ItemsApi;
import org.openapitools.client.api.RecommendationsApi;
import org.openapitools.client.api.RulesApi;
import org.openapitools.client.api.UsersApi;
import org.openapitools.client.model.Consent;
import org.openapitools.client.model.Event;
import org.openapitools.client.model.EventsRequest;
import org.openapitools.client.model.Experiment;
import org.openapitools.client.model.Filter;
import org.openapitools.client.model.Item;
import org.openapitools.client.model.Limit;
import org.openapitools.client.model.ListRequest;
import org.openapitools.client.model.RecommendedItem;
import org.openapitools.client.model.Rule;
import org.openapitools.client.model.UserRequest;

/**
 * Calls an API by the generated client, and prints what it read: arguments are the API, a key, a
 * prefix for ids and the time.
 */
public class Calls {
    public static void main(String[] arguments) throws Exception {
        ApiClient api = Library.client(arguments[0], arguments[1]);
        String name = arguments[2];
        String user = name + "-user";
        OffsetDateTime now = OffsetDateTime.parse(arguments[3]);
        Map<String, Object> read = new LinkedHashMap<>();

        Map<String, Object> attributes =
                Map.of(
                        "url",
                        "https://www.example.org/1",
                        "price",
                        9.5,
                        "stock",
                        1,
                        "used",
                        false,
                        "sizes",
                        List.of("s", "m"));
        ItemsApi items = new ItemsApi(api);
        for (int number = 1; number <= 2; number++) {
            items.putItem(
                    new Item()
                            .itemId(name + "-" + number)
                            .type("product")
                            .title("Lamp " + number)
                            .tags(List.of(name))
                            .attributes(attributes));
        }
        read.put("item", items.getItem(name + "-1").getAttributes());

        UsersApi users = new UsersApi(api);
        users.putUser(user, new UserRequest().attributes(attributes));
        users.putUser(user, new UserRequest().consent(new Consent().personalisation(true)));
        read.put("user", users.getUser(user).getAttributes());

        RulesApi rules = new RulesApi(api);
        Filter soldOut = new Filter().field("attributes.stock").from(0).to(1);
        rules.putRule(
                name,
                new Rule()
                        .filter(new Filter().not(soldOut))
                        .limits(List.of(new Limit().field("attributes.brand").max(3))));
        read.put("rule", rules.getRule(name));
        read.put(
                "rules",
                rules.listRules().getRules().stream().anyMatch(one -> one.getName().equals(name)));

        EventsRequest events =
                new EventsRequest()
                        .addEventsItem(event(name, now, 1, "view"))
                        .addEventsItem(event(name, now, 2, "rating").value(4.5))
                        .addEventsItem(
                                event(name, now, 3, "purchase")
                                        .value(Map.of("amount", 9.5, "currency", "EUR")));
        read.put("accepted", new EventsApi(api).collectEvents(events, null).getAccepted());

        RecommendationsApi lists = new RecommendationsApi(api);
        Filter filter =
                new Filter()
                        .all(
                                List.of(
                                        new Filter()
                                                .field("itemId")
                                                .in(List.of(name + "-1", name + "-2")),
                                        new Filter().field("attributes.used").is(false),
                                        new Filter().field("tags").contains(name)));
        for (ListRequest.ListEnum list :
                List.of(ListRequest.ListEnum.FOR_YOU, ListRequest.ListEnum.LATEST)) {
            ListRequest asked = new ListRequest().count(5)._list(list).filter(filter);
            if (list == ListRequest.ListEnum.FOR_YOU) {
                asked.rules(List.of(name));
            }
            List<RecommendedItem> shown = lists.recommend(asked).getItems();
            for (int look = 0; look < 300 && shown.size() < 2; look++) {
                Thread.sleep(200);
                shown = lists.recommend(asked).getItems();
            }
            read.put(list.getValue(), shown.stream().map(item -> item.getTitle() != null).toList());
        }

        ExperimentsApi experiments = new ExperimentsApi(api);
        experiments.putExperiment(
                name,
                new Experiment()
                        .id(name)
                        .version(1L)
                        .status(Experiment.StatusEnum.DRAFT)
                        .layer(name)
                        .salt(name + "-1")
                        .plannedUsers(1000L)
                        .arms(
                                List.of(
                                        Map.of("id", "control", "weight", 0.5),
                                        Map.of("id", "varied", "weight", 0.5, "diversity", 0.4)))
                        .metrics(Map.of("primary", "listCtr")));
        read.put("experiment", experiments.getExperiment(name).getArms());

        try {
            lists.recommend(new ListRequest()._list(ListRequest.ListEnum.SIMILAR));
        } catch (ApiException refused) {
            read.put(
                    "refused",
                    List.of(
                            refused.getCode(),
                            refused.getResponseBody()
                                    .replaceAll(".*\"code\":\"([^\"]*)\".*", "$1")));
        }
        System.out.println(Library.json(read));
    }

    private static Event event(String name, OffsetDateTime now, int number, String type) {
        return new Event()
                .eventId(name + "-e" + number)
                .type(type)
                .userId(name + "-user")
                .itemId(name + "-1")
                .occurredAt(now);
    }
}
