package dev.freshet.casestudy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Settings;
import dev.freshet.demo.StoreInspector;
import java.time.InstantSource;

/** Compares what was sent with the rows of the tables and the totals of the model. */
record Audit(Settings settings, InstantSource clock) {

    ObjectNode figures(DeskdropLog log, JsonNode replay) {
        long events = log.history().size() + replay.path("events").asLong();
        long lists = replay.path("lists").asLong();
        try (StoreInspector stores = new StoreInspector(settings, clock)) {
            long[] rows = new long[2];
            stores.ownersByEvent()
                    .values()
                    .forEach(
                            owners -> {
                                rows[0]++;
                                rows[1] += owners.size() - 1;
                            });
            long learned = stores.newestModel().model().totals().events();
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("sentEvents", events)
                    .put("sentLists", lists)
                    .put("sent", events + lists)
                    .put("stored", rows[0])
                    .put("storedTwice", rows[1])
                    .put("lost", events + lists - rows[0])
                    .put("learned", learned)
                    .put("learnedTooFew", Math.max(0, events - learned))
                    .put("learnedTooMany", Math.max(0, learned - events))
                    .put("versions", stores.head());
        }
    }
}
