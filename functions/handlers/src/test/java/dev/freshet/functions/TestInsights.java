package dev.freshet.functions;

import dev.freshet.insight.InsightSources;
import dev.freshet.insight.Measurements;
import dev.freshet.model.log.Replica;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.testkit.Site;
import dev.freshet.testkit.memory.MemoryOutcomeHistory;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryTrends;
import java.util.Optional;
import java.util.function.Supplier;

/** What answers about a stack are made from, over empty stores in memory. */
final class TestInsights {
    private TestInsights() {}

    static InsightSources of(Supplier<Versioned> models) {
        return new InsightSources(
                models,
                () -> new Replica.Status(1, Site.NOW, 0, 0, null),
                Measurements.NONE,
                new MemoryOutcomeHistory(() -> Site.NOW),
                new MemoryTrends(() -> Site.NOW),
                _ -> Optional.of(new MemoryQuarantine().count()));
    }
}
