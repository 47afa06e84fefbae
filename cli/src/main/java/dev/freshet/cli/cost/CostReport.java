package dev.freshet.cli.cost;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.console.Text;
import dev.freshet.json.JsonRecords;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bills of a dev and a prod stack, as JSON and as text.
 *
 * @param dev the model of a dev stack
 * @param prod the model of a prod stack
 * @param http the model of a prod stack with an HTTP API
 * @param profiles workloads of the prod stack by name, in the order of the report
 */
record CostReport(
        CostModel dev,
        CostModel prod,
        CostModel http,
        Map<String, Workload> profiles,
        PriceList prices) {
    /** The workloads that are reported unless others are asked for. */
    static final Map<String, Workload> USUAL = usual();

    private static Map<String, Workload> usual() {
        Map<String, Workload> profiles = new LinkedHashMap<>();
        profiles.put("1 event/s", Workload.of(1, 0.2));
        profiles.put("100 events/s", Workload.of(100, 20));
        profiles.put("10,000 events/s", Workload.of(10_000, 2_000));
        return profiles;
    }

    CostReport {
        profiles = new LinkedHashMap<>(profiles);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("idleDev", cents(dev.idle().total()))
                .put("idleProd", cents(prod.idle().total()))
                .put("perMillionRecommendations", cents(prod.perMillionRecommendations()))
                .put("perMillionEvents", cents(prod.perMillionEvents(5)));
        prod.millionInBulk().ifPresent(bill -> json.put("perMillionInBulk", cents(bill.total())));
        prod.batchRun().ifPresent(bill -> json.put("batchRunEstimated", cents(bill.total())));
        ObjectNode entrances = json.putObject("byEntrance");
        entrance(entrances, "rest", prod);
        entrance(entrances, "http", http);
        json.put("region", prices.region()).put("pricesAsOf", prices.asOf());
        ArrayNode list = json.putArray("profiles");
        profiles.forEach((name, load) -> list.add(profile(name, load)));
        return json;
    }

    private static void entrance(ObjectNode entrances, String name, CostModel stack) {
        entrances
                .putObject(name)
                .put("perMillionRecommendations", cents(stack.perMillionRecommendations()))
                .put("perMillionEvents", cents(stack.perMillionEvents(5)))
                .put("perMillionEventsInTwenties", cents(stack.perMillionEvents(20)));
    }

    private ObjectNode profile(String name, Workload load) {
        Bill bill = prod.of(load);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", name);
        json.setAll(JsonRecords.tree(load));
        json.put("month", cents(bill.total()))
                .put("moreIfFirehoseRounds", cents(LakeCost.rounding(bill)));
        ObjectNode services = json.putObject("byService");
        bill.byService().forEach((service, dollars) -> services.put(service, cents(dollars)));
        ArrayNode lines = json.putArray("lines");
        for (Bill.Line line : bill.lines()) {
            lines.addObject()
                    .put("service", line.charge().service())
                    .put("what", line.what())
                    .put("quantity", line.quantity())
                    .put("unit", prices.price(line.charge()).unit())
                    .put("dollars", cents(line.dollars()));
        }
        return json;
    }

    String toText() {
        Text text = new Text();
        text.add(
                "$ a month in %s, list prices of %s without free tiers",
                prices.region(), prices.asOf());
        text.add("");
        row(text, "idle, dev", dev.idle().total());
        row(text, "idle, prod", prod.idle().total());
        million(text, "REST API", prod);
        million(text, "HTTP API", http);
        prod.millionInBulk().ifPresent(bill -> row(text, "a million lists in bulk", bill.total()));
        String run = "a batch run, 100 million events (estimate)";
        prod.batchRun().ifPresent(bill -> row(text, run, bill.total()));
        profiles.forEach(
                (name, load) -> {
                    Bill bill = prod.of(load);
                    text.add("");
                    row(text, name, bill.total());
                    bill.byService().forEach((service, sum) -> row(text, "  " + service, sum));
                    double rounding = LakeCost.rounding(bill);
                    if (rounding > 0) {
                        row(text, "  more, if Firehose bills 5 KB a record", rounding);
                    }
                });
        return text.toString();
    }

    private static void million(Text text, String entrance, CostModel stack) {
        String million = entrance + ", a million ";
        row(text, million + "recommendations", stack.perMillionRecommendations());
        row(text, million + "events, 5 a request", stack.perMillionEvents(5));
        row(text, million + "events, 20 a request", stack.perMillionEvents(20));
    }

    private static void row(Text text, String what, double dollars) {
        text.add("%-48s %12.2f", what, dollars);
    }

    private static double cents(double dollars) {
        return Math.round(dollars * 100) / 100.0;
    }
}
