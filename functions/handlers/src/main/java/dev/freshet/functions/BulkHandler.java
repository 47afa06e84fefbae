package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Settings;
import dev.freshet.functions.BulkLists.BulkBatch;
import dev.freshet.functions.runtime.MetricName;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.ReadFlow;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.recommend.Recommendations;
import dev.freshet.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The function that makes lists for many users. The state machine of a run invokes it with a batch,
 * {@code {"run": …, "request": {…}, "users": [{"line": 1, "user": {"userId": …}}, …]}}, and it
 * writes one object of JSON lines; on the local cloud the command does. Without users it checks the
 * request alone, and answers {@code refusal}, which is empty for one that breaks no rule.
 *
 * <p>A repeated batch replaces its object. No list counts as shown before an impression says so.
 */
public final class BulkHandler extends LoggedHandler {
    private final BulkLists lists;
    private final ObjectStore objects;
    private final Metrics metrics;

    public BulkHandler() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    public BulkHandler(Wiring wiring) {
        ReadFlow reads = wiring.bulkReads(BulkHandler::discard).start();
        this(
                new BulkLists(
                        reads::follow,
                        reads::recommender,
                        wiring.policies().eventTypes(),
                        new AnswerForm.Offer(
                                wiring.policies().publicAttributes(),
                                wiring.policies().reasonLanguages()),
                        wiring.clock()),
                wiring.bulkObjects(),
                wiring.metrics());
    }

    BulkHandler(BulkLists lists, ObjectStore objects, Metrics metrics) {
        this.lists = lists;
        this.objects = objects;
        this.metrics = metrics;
    }

    private static void discard(Recommendations primed) {}

    @Override
    void work(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        BulkBatch batch = BulkBatch.of(StreamEvent.MAPPER.readTree(in));
        StreamEvent.MAPPER.writeValue(
                out, batch.users().isEmpty() ? checked(batch) : written(batch));
    }

    private ObjectNode checked(BulkBatch batch) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        try {
            lists.check(batch);
            return answer.put("refusal", "");
        } catch (InvalidQueryException refused) {
            return answer.put("refusal", refused.code() + ": " + refused.getMessage());
        }
    }

    private ObjectNode written(BulkBatch batch) throws IOException {
        BulkLists.Made made = lists.make(batch);
        String key = batch.run().listsKey(batch.lines());
        objects.put(key, made.jsonLines());
        metrics.line()
                .add(MetricName.BULK_LISTS, made.lists())
                .add(MetricName.BULK_REFUSED, made.refused())
                .add(MetricName.BULK_BYTES, made.jsonLines().length)
                .property("modelVersion", made.modelVersion())
                .write();
        return JsonNodeFactory.instance
                .objectNode()
                .put("object", key)
                .put("lists", made.lists())
                .put("refused", made.refused())
                .put("modelVersion", made.modelVersion());
    }
}
