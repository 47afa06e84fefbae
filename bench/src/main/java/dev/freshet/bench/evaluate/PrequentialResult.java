package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * What a prequential run came to.
 *
 * @param boards the leading one first: the blend's, or of what was asked for alone
 */
record PrequentialResult(Trace trace, Moments moments, List<Scoreboard> boards, long seed) {
    PrequentialResult {
        boards = List.copyOf(boards);
    }

    private Scoreboard leading() {
        return boards.getFirst();
    }

    void writeTo(ObjectNode json) {
        json.put("protocol", "prequential").put("seed", seed);
        json.put("events", trace.steps().size())
                .put("people", trace.people())
                .put("items", trace.items())
                .put("moments", moments.size())
                .put("everyNth", moments.every())
                .put("badLines", trace.unreadLines());
        json.setAll(figures(leading()));
        ObjectNode sources = json.putObject("sources");
        ObjectNode rivals = json.putObject("rivals");
        for (Scoreboard board : boards) {
            switch (board.kind()) {
                case BLEND -> {}
                case SOURCE -> sources.set(board.name(), figures(board));
                case RIVAL -> rivals.set(board.name(), figures(board));
            }
        }
    }

    private ObjectNode figures(Scoreboard board) {
        Figures whole = Part.WHOLE.of(board, moments);
        Figures late = Part.LATE.of(board, moments);
        Figures thin = Part.THIN.of(board, moments);
        Figures fresh = Part.NEW_ITEMS.of(board, moments);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("recall@10", Rounded.of(whole.recall()))
                .put("mrr@10", Rounded.of(whole.mrr()))
                .put("thinRecall@10", Rounded.of(thin.recall()))
                .put("thinMrr@10", Rounded.of(thin.mrr()))
                .put("newItemRecall@10", Rounded.of(fresh.recall()))
                .put("newItemMrr@10", Rounded.of(fresh.mrr()))
                .put(
                        "coverage@10",
                        Rounded.of(board.distinctShown() / (double) Math.max(1, trace.items())))
                .put("novelty@10", Rounded.of(board.novelty()));
        json.putObject("last70")
                .put("recall@10", Rounded.of(late.recall()))
                .put("mrr@10", Rounded.of(late.mrr()));
        return json;
    }

    String toText() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%,d events, %,d people, %,d items; %,d first meetings ranked%s%n%n",
                        trace.steps().size(),
                        trace.people(),
                        trace.items(),
                        moments.size(),
                        moments.every() == 1 ? "" : ": a sample, one of " + moments.every()));
        text.append(
                String.format(
                        Locale.ROOT,
                        "%-22s%10s%9s%9s%11s%11s%10s%9s%n",
                        "",
                        "Recall@10",
                        "MRR@10",
                        "thin",
                        "new items",
                        "last 70 %",
                        "coverage",
                        "novelty"));
        for (Scoreboard board : boards) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-22s%10.4f%9.4f%9.4f%11.4f%11.4f%10.3f%9.2f%n",
                            board.name(),
                            Part.WHOLE.of(board, moments).recall(),
                            Part.WHOLE.of(board, moments).mrr(),
                            Part.THIN.of(board, moments).recall(),
                            Part.NEW_ITEMS.of(board, moments).recall(),
                            Part.LATE.of(board, moments).recall(),
                            board.distinctShown() / (double) Math.max(1, trace.items()),
                            board.novelty()));
        }
        return text.toString();
    }
}
