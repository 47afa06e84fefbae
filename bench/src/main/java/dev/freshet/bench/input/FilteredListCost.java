package dev.freshet.bench.input;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.candidate.RequestContext;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.History;
import dev.freshet.model.Model;
import dev.freshet.model.ModelDraft;
import dev.freshet.profile.UserProfile;
import dev.freshet.query.QueryReader;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.ranking.Strategy.StackingStrategy;
import dev.freshet.recommend.OfflineLists;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a filter of many conditions adds to a recommendation: processor time from the JSON of the
 * request to ten explained items, without the reads. Requests with and without the filter take
 * turns, each pair for another user.
 */
public final class FilteredListCost {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final int USERS = 2_000;
    private static final int ACTIONS = 20;
    private static final int COLOURS = 12;

    /** Most parts of one group of a filter. */
    private static final int PARTS = 25;

    private final Model model;
    private final List<History> histories = new ArrayList<>();
    private final UserProfile profile =
            UserProfile.absent("u")
                    .with(
                            new UserProfile.Stated(
                                    Map.of(
                                            "size", AttributeValue.of("size-3"),
                                            "colours",
                                                    AttributeValue.of(
                                                            List.of("colour-1", "colour-2"))),
                                    null));

    /**
     * Creates a catalogue of products and a model of what some thousand users did.
     *
     * @param items size of the catalogue
     */
    public FilteredListCost(int items) {
        SplittableRandom random = new SplittableRandom(1);
        ModelDraft draft = Model.EMPTY.draft();
        for (int item = 0; item < items; item++) {
            draft.apply(
                    new Example.ItemChanged(
                            product(item, random), Map.of(item % 500, 1, 500 + item % 7, 1), NOW));
        }
        long sequence = 0;
        for (int user = 0; user < USERS; user++) {
            List<History.Entry> entries = new ArrayList<>();
            int taste = random.nextInt(items);
            for (int action = 0; action < ACTIONS; action++) {
                int item = (taste + random.nextInt(1 + items / 50)) % items;
                Instant at = NOW.minusSeconds(60L * (1 + random.nextInt(20_000)));
                Target target = Target.item("item-" + item);
                draft.apply(
                        new Example.Interaction(
                                new ShardPosition("s", BigInteger.valueOf(++sequence)),
                                new Pseudonym(user),
                                target,
                                EventType.VIEW,
                                1,
                                0,
                                at,
                                Context.UNKNOWN));
                entries.add(
                        new History.Entry("e" + sequence, EventType.VIEW, target, 1, 0, at, null));
            }
            histories.add(new History(entries));
        }
        model = draft.seal();
    }

    private static Item product(int item, SplittableRandom random) {
        return Item.of(
                "item-" + item,
                1,
                new Item.Content(
                        "product",
                        null,
                        "",
                        "",
                        List.of("department-" + item % 20, "season-" + item % 4),
                        "brand-" + item % 200,
                        NOW.minusSeconds(3_600L * random.nextInt(2_000)),
                        Map.of(
                                "price", AttributeValue.of(5 + random.nextInt(500)),
                                "stock", AttributeValue.of(random.nextInt(50)),
                                "sale", AttributeValue.of(random.nextBoolean()),
                                "size", AttributeValue.of("size-" + item % 8),
                                "since", AttributeValue.of("2026-0" + (1 + item % 4) + "-01"),
                                "colours",
                                        AttributeValue.of(List.of("colour-" + item % COLOURS)))));
    }

    /**
     * Measures recommendations.
     *
     * @param conditions of the filter, a multiple of 10
     */
    public ProcessorTime.Pairs measure(int conditions, int rounds) {
        SplittableRandom random = new SplittableRandom(2);
        String filtered = body(conditions);
        return ProcessorTime.Pairs.of(
                rounds,
                round -> recommend("{\"count\":10}", round, random),
                round -> recommend(filtered, round, random));
    }

    private void recommend(String body, int round, SplittableRandom random) {
        History history = histories.get(round % histories.size());
        RecommendationQuery query = QueryReader.recommendation(body, NOW);
        RequestContext request =
                RequestContext.of(query, RequestContext.NO_ITEM, profile, history, model, NOW);
        int places = OfflineLists.list(request, new StackingStrategy(), query, random).size();
        if (places != query.count() || request.filter().exhausted()) {
            throw new IllegalStateException("a list of " + places + " items");
        }
    }

    /** Returns a request whose filter lets about half of the items pass. */
    private static String body(int conditions) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("count", 10);
        ArrayNode all = body.putObject("filter").putArray("all");
        for (int first = 0; first < conditions; first += PARTS) {
            ArrayNode group = all.addObject().putArray("any");
            for (int at = first; at < Math.min(conditions, first + PARTS); at++) {
                add(group.addObject(), at);
            }
        }
        return body.toString();
    }

    private static void add(ObjectNode condition, int at) {
        String price = "attributes.price";
        switch (at % 10) {
            case 0 -> condition.put("field", price).put("from", at).put("to", at + 4);
            case 1 -> condition.put("field", "attributes.stock").put("is", at % 50);
            case 2 -> condition.put("field", "author").put("startsWith", "brand-" + at);
            case 3 -> condition.put("field", "tags").put("contains", "department-" + at % 20);
            case 4 -> condition.putObject("interacted").put("within", "P" + (1 + at) + "D");
            case 5 -> condition.put("field", "attributes.size").putObject("is").put("user", "size");
            case 6 ->
                    condition
                            .put("field", "attributes.colours")
                            .putObject("contains")
                            .put("user", "colours");
            case 7 ->
                    condition.put("field", "attributes.since").put("from", "2026-04-01T00:00:00Z");
            case 8 -> condition.put("field", "attributes.colours").put("contains", "colour-" + at);
            default ->
                    condition
                            .put("field", "publishedAt")
                            .put("from", NOW.minusSeconds(3_600L * at).toString());
        }
    }
}
