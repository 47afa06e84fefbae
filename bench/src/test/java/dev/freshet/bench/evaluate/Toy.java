package dev.freshet.bench.evaluate;

import dev.freshet.event.EventTypes;
import dev.freshet.ranking.Strategy.StackingStrategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Small streams whose results can be computed by hand. */
final class Toy {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Toy() {}

    /** Returns views in this order, one minute apart, such as {@code "ann:tea"}. */
    static Trace views(String... interactions) {
        StringBuilder lines = new StringBuilder();
        for (int at = 0; at < interactions.length; at++) {
            String[] words = interactions[at].split(":", -1);
            lines.append("%s,%s,view,,%d%n".formatted(words[0], words[1], 1_700_000_000 + 60 * at));
        }
        return csv(lines.toString(), new TraceReader.Ties.OfFile());
    }

    static Trace csv(String lines, TraceReader.Ties ties) {
        return csv(lines, ties, EventTypes.BUILT_IN);
    }

    static Trace csv(String lines, TraceReader.Ties ties, EventTypes types) {
        return new TraceReader(TraceFormat.CSV, NOW, ties, types)
                .read(lines.lines().toList(), List.of(), Map.of());
    }

    /**
     * Runs the blend over a plan.
     *
     * @param losses table that is filled, or null
     */
    static Scoreboard blend(Plan plan, ReplaySettings settings, @Nullable LossTable losses) {
        List<Contender> blend = List.of(Contender.blend(new StackingStrategy(), plan.depth()));
        Method product = new ProductMethod(plan, settings, blend, losses, null);
        return new Pass(plan).run(List.of(product), step -> {}).getFirst();
    }

    /** Returns person and item of each step by number, such as {@code "0:2"}. */
    static List<String> order(Trace trace) {
        return trace.steps().stream()
                .map(step -> step.interaction().person() + ":" + step.interaction().item())
                .toList();
    }
}
