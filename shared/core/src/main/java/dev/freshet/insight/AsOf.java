package dev.freshet.insight;

import dev.freshet.model.log.Replica.Versioned;
import java.time.Instant;

/**
 * What an answer rests on.
 *
 * @param modelVersion the version of the model that answered
 * @param newestEvent the latest event time that it has learned
 */
public record AsOf(long modelVersion, Instant newestEvent) {
    static AsOf of(Versioned newest) {
        return new AsOf(newest.version(), newest.model().clock());
    }
}
