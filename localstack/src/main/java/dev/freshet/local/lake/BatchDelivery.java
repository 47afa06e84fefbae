package dev.freshet.local.lake;

import dev.freshet.local.function.Invocation;
import dev.freshet.local.lake.DeliveryForm.Answer;
import dev.freshet.local.lake.DeliveryForm.Source;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Delivers batches of records to the lake as Firehose does: by the function, some attempts, and to
 * the errors what it gives up. Not safe for use by several threads.
 */
public final class BatchDelivery implements AutoCloseable {
    /** Attempts before a batch is given up: Firehose's own number of retries is 3. */
    static final int ATTEMPTS = 4;

    private final LocalLake lake;
    private final Transformer function;
    private final String stream;
    private final LakeErrors errors;
    private final BooleanSupplier repeats;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final Consumer<String> messages;

    /** The function that transforms records. */
    @FunctionalInterface
    public interface Transformer {
        Invocation invoke(String payload) throws InterruptedException;
    }

    /**
     * Creates the delivery.
     *
     * @param stream the name of the stream of the records
     * @param repeats returns whether a batch that was delivered is delivered once more, as after a
     *     crash
     */
    public BatchDelivery(
            LocalLake lake,
            Transformer function,
            String stream,
            BooleanSupplier repeats,
            InstantSource clock,
            Supplier<String> ids,
            Consumer<String> messages) {
        this.lake = lake;
        this.function = function;
        this.stream = stream;
        this.errors = new LakeErrors(lake.folder().errors(), ids);
        this.repeats = repeats;
        this.clock = clock;
        this.ids = ids;
        this.messages = messages;
    }

    /** Delivers a batch; when it returns, each record is in the lake, dropped, or in the errors. */
    void deliver(List<Source> batch) throws InterruptedException {
        Answer answer = transform(batch);
        lake.append(answer.rows());
        if (repeats.getAsBoolean()) {
            lake.append(answer.rows());
        }
        if (!answer.failures().isEmpty()) {
            errors.put(answer.failures(), ATTEMPTS, clock.instant());
            messages.accept(
                    "The delivery to the lake gave up %,d records (%s); they are tried again."
                            .formatted(
                                    answer.failures().size(),
                                    answer.failures().getFirst().message()));
        }
    }

    /**
     * Passes what was given up to the function again, until a file fails once more.
     *
     * @return how many files were delivered
     */
    int redrive() throws InterruptedException {
        int delivered = 0;
        for (Path file : errors.open()) {
            List<Source> batch = LakeErrors.read(file);
            Answer answer = once(batch);
            if (!answer.failures().isEmpty() && answer.rows().isEmpty() && answer.dropped() == 0) {
                return delivered;
            }
            lake.append(answer.rows());
            if (!answer.failures().isEmpty()) {
                errors.put(answer.failures(), 1, clock.instant());
            }
            LakeFolder.delete(List.of(file));
            delivered++;
        }
        return delivered;
    }

    private Answer transform(List<Source> batch) throws InterruptedException {
        Answer answer = once(batch);
        for (int attempt = 1;
                attempt < ATTEMPTS && answer.rows().isEmpty() && failedWhole(answer, batch);
                attempt++) {
            answer = once(batch);
        }
        return answer;
    }

    private static boolean failedWhole(Answer answer, List<Source> batch) {
        return answer.failures().size() == batch.size();
    }

    private Answer once(List<Source> batch) throws InterruptedException {
        String id = ids.get();
        return switch (function.invoke(DeliveryForm.request(batch, stream, id))) {
            case Invocation.Answer(var payload) -> DeliveryForm.read(payload, batch, id);
            case Invocation.Failed failed ->
                    DeliveryForm.failed(batch, "Lambda.FunctionError", failed.line());
            case Invocation.TimedOut(var ms) ->
                    DeliveryForm.failed(
                            batch, "Lambda.FunctionTimedOut", "It took more than " + ms + " ms.");
            case Invocation.Throttled() ->
                    DeliveryForm.failed(batch, "Lambda.InvokeLimitExceeded", "Throttled.");
        };
    }

    /** Closes the lake. */
    @Override
    public void close() {
        lake.close();
    }
}
