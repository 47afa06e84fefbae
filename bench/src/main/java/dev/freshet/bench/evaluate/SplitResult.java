package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a split run came to.
 *
 * @param runs for each seed the boards, the leading one first; the same contenders in each
 */
record SplitResult(List<Run> runs, int pairs, int items, int every) {
    static final String NOT_TEMPORAL =
            "The split is not temporal: what is to be found need not have come after what was learned.";

    /** One order of the pairs. */
    record Run(long seed, List<SplitBoard> boards) {
        Run {
            boards = List.copyOf(boards);
        }
    }

    SplitResult {
        runs = List.copyOf(runs);
    }

    void writeTo(ObjectNode json) {
        json.put("protocol", "split").put("note", NOT_TEMPORAL);
        ArrayNode seeds = json.putArray("seeds");
        runs.forEach(run -> seeds.add(run.seed()));
        json.put("pairs", pairs)
                .put("items", items)
                .put("users", runs.getFirst().boards().getFirst().users())
                .put("everyNth", every);
        json.setAll(figures(0));
        ObjectNode sources = json.putObject("sources");
        ObjectNode rivals = json.putObject("rivals");
        List<SplitBoard> first = runs.getFirst().boards();
        for (int at = 0; at < first.size(); at++) {
            switch (first.get(at).kind()) {
                case BLEND -> {}
                case SOURCE -> sources.set(first.get(at).name(), figures(at));
                case RIVAL -> rivals.set(first.get(at).name(), figures(at));
            }
        }
    }

    private ObjectNode figures(int at) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("recall@20", Rounded.of(recall(at))).put("ndcg@20", Rounded.of(ndcg(at)));
        ArrayNode each = json.putArray("bySeed");
        for (Run run : runs) {
            each.addObject()
                    .put("seed", run.seed())
                    .put("recall@20", Rounded.of(run.boards().get(at).recall()))
                    .put("ndcg@20", Rounded.of(run.boards().get(at).ndcg()));
        }
        return json;
    }

    private double recall(int at) {
        return runs.stream().mapToDouble(run -> run.boards().get(at).recall()).average().orElse(0);
    }

    private double ndcg(int at) {
        return runs.stream().mapToDouble(run -> run.boards().get(at).ndcg()).average().orElse(0);
    }

    String toText() {
        StringBuilder text = new StringBuilder();
        List<SplitBoard> first = runs.getFirst().boards();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%,d pairs learned in one pass, %,d items, %,d users asked for%s%n%s%n%n",
                        pairs,
                        items,
                        first.getFirst().users(),
                        every == 1 ? "" : ": a sample, one of " + every,
                        NOT_TEMPORAL));
        List<String> seeds = new ArrayList<>();
        runs.forEach(run -> seeds.add("seed " + run.seed()));
        text.append(
                String.format(
                        Locale.ROOT,
                        "%-22s%10s%9s   %s%n",
                        "",
                        "Recall@20",
                        "NDCG@20",
                        String.join("         ", seeds)));
        for (int at = 0; at < first.size(); at++) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-22s%10.4f%9.4f   ",
                            first.get(at).name(),
                            recall(at),
                            ndcg(at)));
            for (Run run : runs) {
                text.append(
                        String.format(
                                Locale.ROOT,
                                "%.4f/%.4f   ",
                                run.boards().get(at).recall(),
                                run.boards().get(at).ndcg()));
            }
            text.append(System.lineSeparator());
        }
        return text.toString();
    }
}
