package dev.freshet.testkit.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.candidate.CompiledFilter;
import dev.freshet.candidate.FilterUser;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.features.History;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.log.Trainer;
import dev.freshet.query.Filter;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.ItemFields;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.query.ListRequest;
import dev.freshet.query.QueryReader;
import dev.freshet.query.RankQuery;
import dev.freshet.query.RecommendationQuery.SessionItem;
import dev.freshet.testkit.Bodies;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A request's filter, as a tree of its own, in the body of a recommendation and among the
 * parameters of a URL; what is read is asked of an item.
 */
public final class QueriesTarget implements FuzzTarget {
    private static final ItemTable ITEMS =
            Trainer.train(Model.EMPTY, List.of(Examples.item("a", 1, List.of("tag-1"))))
                    .model()
                    .items();

    private static final FilterUser USER =
            new FilterUser(
                    Map.of("size", AttributeValue.of("L"), "a", AttributeValue.of(List.of("a"))),
                    History.EMPTY,
                    List.of(new SessionItem("a", EventType.VIEW, Bodies.NOW)),
                    Bodies.NOW);

    @Override
    public String name() {
        return "filter expression";
    }

    @Override
    public List<byte[]> seeds() {
        String filter =
                "{\"all\":[{\"field\":\"type\",\"in\":[\"article\",\"b\"]},{\"any\":[{\"field\":\"tags\",\"contains\":\"tag-1\"},{\"not\":{\"field\":\"attributes.section\",\"is\":\"news\"}},{\"field\":\"publishedAt\",\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2027-01-01T00:00:00+02:00\"}]}]}";
        return List.of(
                Bodies.utf8(filter),
                Bodies.utf8(
                        "{\"any\":[{\"field\":\"attributes.price\",\"from\":50,\"to\":150.5},{\"field\":\"attributes.size\",\"in\":{\"user\":\"size\"}},{\"field\":\"author\",\"startsWith\":\"a\"},{\"field\":\"attributes.at\",\"to\":\"2026-01-01T00:00:00Z\"},{\"field\":\"group\",\"exists\":false},{\"interacted\":{\"types\":[\"view\"],\"within\":\"P30D\"}}]}"),
                Bodies.utf8(
                        "{\"userId\":\"u\",\"anonymousId\":\"v\",\"session\":{\"items\":[{\"itemId\":\"a\",\"type\":\"like\",\"at\":\"2026-03-01T11:00:00Z\"}]},\"context\":{\"device\":\"mobile\",\"country\":\"BR\",\"localHour\":3},\"placement\":\"home\",\"itemId\":\"a\",\"count\":5,\"filter\":"
                                + filter
                                + ",\"boost\":[{\"when\":"
                                + filter
                                + ",\"factor\":2.5}],\"limits\":[{\"field\":\"author\",\"max\":2}],\"pins\":[{\"itemId\":\"a\",\"position\":1}],\"promotions\":[{\"filter\":{\"field\":\"type\",\"is\":\"b\"},\"share\":0.2}],\"minScore\":0.4,\"diversity\":0.5,\"repeats\":\"never\",\"consent\":{\"personalisation\":true}}"),
                Bodies.utf8(
                        "{\"anonymousId\":\"v\",\"itemIds\":[\"a\",\"b\",\"a\"],\"drop\":true,\"repeats\":\"always\",\"filter\":"
                                + filter
                                + "}"),
                Bodies.utf8(
                        "{\"list\":\"popular\",\"period\":\"day\",\"tag\":\"tag-1\",\"count\":3,\"filter\":"
                                + filter
                                + "}"),
                Bodies.utf8(
                        "count=5&country=BR&device=tv&userId=u&tag=t&period=day&filter=" + filter));
    }

    @Override
    public List<String> words() {
        return List.of(
                "\"all\":[", "\"any\":[",
                "\"not\":{", "\"field\":\"attributes.a\"",
                "\"field\":\"itemId\"", "\"in\":[",
                "\"is\":\"a\"", "\"contains\":\"a\"",
                "\"is\":{\"user\":\"a\"}", "\"startsWith\":\"a\"",
                "\"exists\":true", "\"interacted\":{\"types\":[\"view\"]}",
                "\"within\":\"PT9223372036854775807S\"", "\"from\":-1e-300",
                "\"to\":1e400", "\"from\":\"+999999999-12-31T23:59:59Z\"",
                "\"factor\":1e400", "\"itemIds\":[\"a\",",
                "\"list\":\"similar\",", "\"list\":\"latest\",",
                "&period=hour", "\"share\":1e-320",
                "\"position\":2147483648", "\"max\":1.5",
                "&filter={}", "&count=-1",
                "\"fields\":[\"title\",\"attributes.a\"]", "&fields=title,attributes.a",
                "\"paged\":true", "\"page\":\"AAAA\"");
    }

    @Override
    public void take(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        ask(text);
        rank(text);
        rank("{\"itemIds\":" + text + "}");
        ask("{\"filter\":" + text + "}");
        ask("{\"boost\":[{\"factor\":2,\"when\":" + text + "}]}");
        Map<String, String> parameters = new HashMap<>();
        for (String pair : text.split("&", 64)) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], parts.length == 1 ? "" : parts[1]);
        }
        try {
            NamedList list =
                    parameters.containsKey("period") ? NamedList.POPULAR : NamedList.LATEST;
            asked(QueryReader.list(list, parameters, null).query().filter());
            var _ = ItemFields.of(parameters);
        } catch (InvalidQueryException refused) {
            told(refused);
        }
        try {
            asked(QueryReader.similar(text, parameters, null).query().filter());
        } catch (InvalidQueryException refused) {
            told(refused);
        }
    }

    private static void ask(String body) {
        try {
            fields(body);
            asked(QueryReader.recommendation(body, Bodies.NOW).filter());
        } catch (InvalidQueryException refused) {
            told(refused);
        }
        try {
            JsonNode json = StrictJson.read(body.getBytes(StandardCharsets.UTF_8));
            asked(ListRequest.of(json, Bodies.NOW, null, EventTypes.BUILT_IN).query().filter());
        } catch (MalformedJsonException notJson) {
            // The handler refuses it before.
        } catch (InvalidQueryException refused) {
            told(refused);
        }
    }

    private static void rank(String body) {
        try {
            RankQuery query =
                    RankQuery.of(
                            StrictJson.read(body.getBytes(StandardCharsets.UTF_8)),
                            Bodies.NOW,
                            null,
                            EventTypes.BUILT_IN);
            if (query.itemIds().isEmpty() || query.itemIds().size() > RankQuery.MAX_ITEMS) {
                throw new IllegalStateException("a query of no or too many items");
            }
            asked(query.query().filter());
        } catch (MalformedJsonException notJson) {
            // The handler refuses it before.
        } catch (InvalidQueryException refused) {
            told(refused);
        }
    }

    private static void fields(String body) {
        try {
            var _ = ItemFields.of(StrictJson.read(Bodies.utf8(body)));
        } catch (MalformedJsonException none) {
            throw new InvalidQueryException("not-json", "no JSON");
        }
    }

    private static void asked(Filter filter) {
        var _ = new CompiledFilter(List.of(filter), USER, ITEMS).test(0);
    }

    private static void told(InvalidQueryException refused) {
        if (refused.getMessage() == null || refused.getMessage().length() > 2_000) {
            throw new IllegalStateException("a refusal of no or too many words", refused);
        }
    }
}
