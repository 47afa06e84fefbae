package dev.freshet.cli.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.bulk.BulkCommand.BulkMaker;
import dev.freshet.console.CommandException;
import dev.freshet.recommend.BulkRun;
import dev.freshet.recommend.BulkRun.LineRange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Makes lists by the function of a running local cloud, {@value #AT_ONCE} batches at a time. A
 * batch that fails is repeated, as the state machine on AWS does.
 */
final class LocalBulk implements BulkMaker {
    /** Batches at a time. */
    static final int AT_ONCE = 2;

    private static final int MAX_TRIES = 4;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final URI function;
    private final BulkBucket bucket;

    /**
     * Creates a maker.
     *
     * @param lambda the address at which the local cloud takes invocations
     */
    LocalBulk(URI lambda, BulkBucket bucket) {
        this.function = lambda.resolve("/2015-03-31/functions/bulk/invocations");
        this.bucket = bucket;
    }

    @Override
    public void make(BulkFolder folder, BulkInput input, Consumer<LineRange> taken)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            check(http, folder);
            List<BulkInput.User> users = new ArrayList<>();
            input.remaining(folder.done(), users::add);
            List<Future<?>> batches = new ArrayList<>();
            for (int from = 0; from < users.size(); from += BulkRun.BATCH) {
                List<BulkInput.User> batch =
                        users.subList(from, Math.min(users.size(), from + BulkRun.BATCH));
                batches.add(threads.submit(() -> made(http, folder, batch, taken)));
            }
            try {
                for (Future<?> each : batches) {
                    each.get();
                }
            } catch (ExecutionException failed) {
                threads.shutdownNow();
                throw failed.getCause() instanceof RuntimeException cause
                        ? cause
                        : new CommandException(failed);
            }
        }
    }

    private void check(HttpClient http, BulkFolder folder)
            throws IOException, InterruptedException {
        String refusal = invoke(http, event(folder, List.of())).path("refusal").asText();
        CommandException.require(refusal.isEmpty(), "The request is refused: %s", refusal);
    }

    private boolean made(
            HttpClient http,
            BulkFolder folder,
            List<BulkInput.User> users,
            Consumer<LineRange> taken)
            throws IOException, InterruptedException {
        invoke(http, event(folder, users));
        LineRange lines = new LineRange(users.getFirst().line(), users.getLast().line());
        bucket.take(folder, lines);
        taken.accept(lines);
        return true;
    }

    private static ObjectNode event(BulkFolder folder, List<BulkInput.User> users) {
        ObjectNode event = JSON.createObjectNode().put("run", folder.run().id());
        event.set("request", folder.request());
        ArrayNode all = event.putArray("users");
        users.forEach(user -> all.add(user.json()));
        return event;
    }

    private JsonNode invoke(HttpClient http, ObjectNode event)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(function)
                        .timeout(TIMEOUT)
                        .header("X-Amz-Invocation-Type", "RequestResponse")
                        .POST(BodyPublishers.ofString(event.toString()))
                        .build();
        for (int tries = 1; ; tries++) {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            CommandException.require(
                    answer.statusCode() != 404,
                    "The local cloud makes no lists in bulk: start it with './freshet up --option bulk=true'.");
            if (answer.statusCode() == 200
                    && answer.headers().firstValue("X-Amz-Function-Error").isEmpty()) {
                return JSON.readTree(answer.body());
            }
            if (tries == MAX_TRIES) {
                throw new CommandException(
                        "A batch failed "
                                + MAX_TRIES
                                + " times; the log of the local cloud says why (logs/functions.log"
                                + " in its state folder). Run the same command again to go on.");
            }
        }
    }
}
