package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.evaluate.LossTable.Fate;
import dev.freshet.bench.evaluate.LossTable.SignalLead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Losses as text and as JSON. */
final class LossReport {
    /** Number of signals that are named for each class, of each sign. */
    private static final int SIGNALS = 8;

    private static final List<Fate> OUTRANKED = List.of(Fate.NEAR_MISS, Fate.BEYOND);

    private LossReport() {}

    private static double bound(LossTable losses) {
        return losses.oracle(Fate.LISTED, Fate.NEAR_MISS, Fate.BEYOND);
    }

    private static double boundOfHundred(LossTable losses) {
        return losses.oracle(Fate.LISTED, Fate.NEAR_MISS);
    }

    static String text(LossTable losses) {
        StringBuilder text = new StringBuilder();
        text.append(
                "%nWhere the chosen items were lost, %,d moments%n".formatted(losses.moments()));
        for (List<String> row : fates(losses)) {
            text.append("  %-20s %10s %8s%n".formatted(row.toArray()));
        }
        text.append(oracle(losses)).append(System.lineSeparator());
        for (Fate fate : OUTRANKED) {
            text.append(
                    "%nSignals that put the list before what %s, log odds%n"
                            .formatted(fate.text()));
            for (List<String> row : signals(losses, fate)) {
                text.append("  %-28s %-18s %8s%n".formatted(row.toArray()));
            }
        }
        return text.toString();
    }

    private static String oracle(LossTable losses) {
        return String.format(
                Locale.ROOT,
                "The best order of the candidates would have Recall@10 and MRR@10 %.4f, of the"
                        + " first hundred %.4f.",
                bound(losses),
                boundOfHundred(losses));
    }

    private static List<List<String>> fates(LossTable losses) {
        List<List<String>> rows = new ArrayList<>();
        for (Fate fate : Fate.values()) {
            rows.add(
                    List.of(
                            fate.text(),
                            "%,d".formatted(losses.moments(fate)),
                            String.format(Locale.ROOT, "%.4f", losses.share(fate))));
        }
        losses.filters()
                .forEach(
                        (filter, count) ->
                                rows.add(List.of("  by " + filter, "%,d".formatted(count), "")));
        return rows;
    }

    private static List<List<String>> signals(LossTable losses, Fate fate) {
        return some(losses.leads(fate)).stream()
                .map(
                        lead ->
                                List.of(
                                        lead.signal(),
                                        lead.source(),
                                        String.format(Locale.ROOT, "%+.3f", lead.lead())))
                .toList();
    }

    /** Returns the signals that outrank most, and those that most favour the chosen items. */
    private static List<SignalLead> some(List<SignalLead> leads) {
        List<SignalLead> some =
                new ArrayList<>(
                        leads.stream().filter(lead -> lead.lead() > 0).limit(SIGNALS).toList());
        List<SignalLead> against = leads.stream().filter(lead -> lead.lead() < 0).toList();
        some.addAll(against.subList(Math.max(0, against.size() - SIGNALS / 2), against.size()));
        return some;
    }

    static ObjectNode json(LossTable losses) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("moments", losses.moments());
        ObjectNode shares = json.putObject("shares");
        for (Fate fate : Fate.values()) {
            shares.put(name(fate), Rounded.of(losses.share(fate)));
        }
        ObjectNode filters = json.putObject("filteredBy");
        losses.filters().forEach(filters::put);
        json.putObject("oracle")
                .put("candidates", Rounded.of(bound(losses)))
                .put("first100", Rounded.of(boundOfHundred(losses)));
        ObjectNode outranked = json.putObject("outrankedBy");
        for (Fate fate : OUTRANKED) {
            ObjectNode signals = outranked.putObject(name(fate));
            losses.leads(fate).stream()
                    .filter(lead -> lead.lead() != 0)
                    .forEach(lead -> signals.put(lead.signal(), Rounded.of(lead.lead())));
        }
        return json;
    }

    private static String name(Fate fate) {
        return switch (fate) {
            case NEVER_SEEN -> "neverSeen";
            case NOT_A_CANDIDATE -> "notACandidate";
            case FILTERED -> "filtered";
            case BEYOND -> "beyond100";
            case NEAR_MISS -> "rank11To100";
            case LISTED -> "rank1To10";
        };
    }
}
