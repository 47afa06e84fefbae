package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.insight.Overview;
import dev.freshet.model.outcome.OutcomeCount;
import java.util.TreeMap;

/** JSON encoding of how the stack is doing. What is not known is left out. */
final class OverviewJson {
    private static final double TENTHS = 10;

    private OverviewJson() {}

    static ObjectNode of(Overview overview) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode model = json.putObject("model").put("version", overview.modelVersion());
        if (overview.modelVersion() > 0) {
            model.put("madeAt", overview.madeAt().toString())
                    .put("newestEvent", overview.newestEvent().toString());
        }
        model.put("items", overview.items()).put("beyondBounds", overview.beyondBounds());

        ObjectNode events = json.putObject("events");
        events.put("total", overview.events().values().stream().mapToLong(Long::longValue).sum());
        ObjectNode byType = events.putObject("byType");
        new TreeMap<>(overview.events())
                .forEach((type, count) -> byType.put(type.wireName(), count));
        overview.perMinute()
                .ifPresent(rate -> events.put("perMinute", Math.round(rate * TENTHS) / TENTHS));

        ArrayNode samples = json.putArray("samples");
        overview.samples()
                .forEach(
                        sample ->
                                samples.addObject()
                                        .put("at", sample.at().toString())
                                        .put("events", sample.events()));
        ArrayNode days = json.putArray("days");
        for (Overview.Day day : overview.days()) {
            days.addObject()
                    .put("day", day.day().toString())
                    .put("lists", day.sums().get(OutcomeCount.LISTS))
                    .put("listsClicked", day.sums().get(OutcomeCount.LISTS_CLICKED))
                    .put("clicks", day.sums().get(OutcomeCount.CLICKS))
                    .put("conversions", day.sums().get(OutcomeCount.CONVERSIONS))
                    .put("unseenClicks", day.sums().get(OutcomeCount.UNSEEN_CLICKS));
        }
        mostRead(json.putObject("mostRead"), overview);
        overview.flow().ifPresent(flow -> json.set("flow", FlowJson.of(flow)));
        ArrayNode healthy = json.putArray("healthy");
        overview.checks()
                .forEach(
                        check ->
                                healthy.addObject()
                                        .put("check", check.check())
                                        .put("ok", check.ok())
                                        .put("sentence", check.sentence()));
        return json;
    }

    private static void mostRead(ObjectNode json, Overview overview) {
        if (overview.hourFrom().getEpochSecond() > 0) {
            json.put("hourFrom", overview.hourFrom().toString());
        }
        ArrayNode items = json.putArray("items");
        for (Overview.ReadItem item : overview.mostRead()) {
            ObjectNode one = items.addObject().put("itemId", item.itemId());
            if (!item.title().isEmpty()) {
                one.put("title", item.title());
            }
            one.put("users", item.users()).put("usersBefore", item.usersBefore());
        }
    }
}
