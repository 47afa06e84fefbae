package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ExposureToken;
import dev.freshet.event.EventTypes;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.ListRequest;
import dev.freshet.recommend.BulkRun;
import dev.freshet.recommend.BulkRun.LineRange;
import dev.freshet.recommend.Recommendations;
import dev.freshet.recommend.Recommender;
import dev.freshet.store.StoreUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the lists of a batch of users by the code that answers {@code POST /v1/recommendations}.
 *
 * <p>Each list costs the two reads of a request, of which at most {@value #AT_ONCE} users have
 * theirs at a time. A list that a store's silence would leave without its user fails the batch,
 * which is then repeated as a whole: nobody waits for it. Lists are made on platform threads,
 * because reads run on virtual ones, which must not wait behind rankings. Safe for many threads.
 *
 * @param newestModel waits until the model is the newest one, since an idle instance has an old
 *     one; throws if it cannot be read
 */
record BulkLists(
        Runnable newestModel,
        Supplier<Recommender> recommender,
        EventTypes types,
        AnswerForm.Offer offer,
        InstantSource clock) {
    /** Users whose lists are made at a time. */
    static final int AT_ONCE = 16;

    /** Tries to make one list with all that it needs before its batch fails. */
    static final int MAX_TRIES = 3;

    /** Endings of the codes of what a store or the secret did not give in time. */
    private static final List<String> PASSING =
            List.of("-late", "-busy", "-unavailable", "-failed");

    /**
     * What a list may lack: neighbours that are being loaded beside requests are two signals of
     * many, and the list has its user and says so.
     */
    private static final Set<String> TOLERATED = Set.of("neighbours-late");

    /**
     * The lists of a batch.
     *
     * @param jsonLines one line a user in the order of the batch, compressed by gzip
     * @param refused users who have a refusal in place of a list
     * @param modelVersion the newest that made a list; 0 where none did
     */
    record Made(byte[] jsonLines, int lists, int refused, long modelVersion) {}

    /** The line of one user. */
    private record Line(ObjectNode json, long modelVersion, boolean refused) {}

    /**
     * Checks the request of a batch.
     *
     * @throws InvalidQueryException for one that breaks a rule
     */
    void check(BulkBatch batch) {
        batch.checkRequest();
        forYou(batch.request());
        offer.ofOwner(batch.request());
    }

    private ListRequest.ForYou forYou(ObjectNode body) {
        if (ListRequest.of(body, clock.instant(), null, types)
                instanceof ListRequest.ForYou forYou) {
            return forYou;
        }
        throw new InvalidQueryException(
                "not-in-bulk", "Lists in bulk are lists for users: list must be for-you.");
    }

    /**
     * Makes the lists.
     *
     * @throws InvalidQueryException for a request that breaks a rule
     * @throws StoreUnavailableException if a store, the model or the secret cannot be read
     * @throws IOException if the thread is interrupted
     */
    Made make(BulkBatch batch) throws IOException {
        check(batch);
        newestModel.run();
        AnswerForm form = offer.ofOwner(batch.request());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long version = 0;
        int refused = 0;
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try (OutputStream lines = new GZIPOutputStream(bytes)) {
            List<Future<Line>> all = new ArrayList<>();
            for (BulkBatch.User user : batch.users()) {
                all.add(threads.submit(() -> line(batch, user, form)));
            }
            for (Future<Line> each : all) {
                Line line = await(each);
                lines.write(StreamEvent.MAPPER.writeValueAsBytes(line.json()));
                lines.write('\n');
                version = Math.max(version, line.modelVersion());
                refused += line.refused() ? 1 : 0;
            }
        } finally {
            threads.shutdownNow();
        }
        return new Made(bytes.toByteArray(), batch.users().size() - refused, refused, version);
    }

    private static Line await(Future<Line> line) throws IOException {
        try {
            return line.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while lists were made");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failed.getCause());
        }
    }

    private Line line(BulkBatch batch, BulkBatch.User user, AnswerForm form) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("line", user.line());
        for (String id : List.of("userId", "anonymousId")) {
            if (user.ids().hasNonNull(id)) {
                json.set(id, user.ids().get(id));
            }
        }
        try {
            Recommendations answer =
                    made(batch.run().recommendationId(user.key()), user.bodyOf(batch.request()));
            ObjectNode list = RecommendationJson.of(answer, form, types);
            addPropensities(list, answer);
            return new Line(json.setAll(list), answer.modelVersion(), false);
        } catch (InvalidQueryException refused) {
            json.putObject("refused")
                    .put("code", refused.code())
                    .put("message", refused.getMessage());
            return new Line(json, 0, true);
        }
    }

    /** Makes a list; one that lacks what a store may give at the next try is made again. */
    private Recommendations made(String id, ObjectNode body) {
        ListRequest.ForYou request = forYou(body);
        for (int tries = 1; ; tries++) {
            Recommendations answer = recommender.get().recommend(request, id);
            Optional<String> without =
                    answer.degradedReasons().stream().filter(BulkLists::passes).findFirst();
            if (without.isEmpty()) {
                return answer;
            }
            if (tries == MAX_TRIES) {
                throw new StoreUnavailableException(
                        "What a list needs", "a list was left without: " + without.get());
            }
        }
    }

    private static boolean passes(String reason) {
        return !TOLERATED.contains(reason) && PASSING.stream().anyMatch(reason::endsWith);
    }

    /** Adds to each item the probability with which it got its position, as the token has it. */
    private static void addPropensities(ObjectNode list, Recommendations answer) {
        List<ExposureToken.Shown> shown =
                ExposureToken.reopen(answer.exposure()).orElseThrow().items();
        ArrayNode items = list.withArray("items");
        for (int i = 0; i < shown.size(); i++) {
            ((ObjectNode) items.get(i)).put("propensity", shown.get(i).propensity());
        }
    }

    /**
     * The users of one invocation of {@link BulkHandler}, and what is asked for each of them.
     *
     * @param run that the lists belong to
     * @param request the body of {@code POST /v1/recommendations}, without a user
     * @param users in the order of their lines, at most {@value BulkRun#BATCH}; empty where the
     *     request alone is to be checked
     */
    record BulkBatch(BulkRun run, ObjectNode request, List<User> users) {
        private static final Set<String> OF_USERS = Set.of("userId", "anonymousId", "context");

        /** Members of a request that belong to one user, or to somebody who looks at a page. */
        private static final List<String> OF_ONE =
                List.of("userId", "anonymousId", "session", "paged", "page");

        /**
         * A user.
         *
         * @param line number of the line that names the user, from 1
         * @param ids {@code userId}, {@code anonymousId} or both, and {@code context} where it is
         *     the user's own
         */
        record User(long line, JsonNode ids) {
            /** Returns the ids as one text, by which the user's list gets its id. */
            String key() {
                return ids.path("userId").asText("") + "\n" + ids.path("anonymousId").asText("");
            }

            /**
             * Returns the body of the request for this user.
             *
             * @throws InvalidQueryException for a line that names no user, or says something else
             */
            ObjectNode bodyOf(ObjectNode request) {
                if (!(ids instanceof ObjectNode members)) {
                    throw new InvalidQueryException("not-an-object", "A user is a JSON object.");
                }
                Set<String> unknown = new TreeSet<>();
                members.fieldNames().forEachRemaining(unknown::add);
                unknown.removeAll(OF_USERS);
                if (!unknown.isEmpty()) {
                    throw new InvalidQueryException(
                            "unknown-field", "A user has userId, anonymousId and context alone.");
                }
                if (!members.hasNonNull("userId") && !members.hasNonNull("anonymousId")) {
                    throw new InvalidQueryException(
                            "missing-field", "A user needs userId or anonymousId.");
                }
                ObjectNode body = request.deepCopy();
                JsonNode ofAll = body.path("context");
                body.setAll(members);
                if (ofAll instanceof ObjectNode all
                        && members.get("context") instanceof ObjectNode own) {
                    body.set("context", all.deepCopy().setAll(own));
                }
                return body;
            }
        }

        BulkBatch {
            users = List.copyOf(users);
            if (users.size() > BulkRun.BATCH) {
                throw new IllegalArgumentException(
                        "a batch has at most " + BulkRun.BATCH + " users, and not " + users.size());
            }
        }

        /**
         * Reads an event.
         *
         * @throws IllegalArgumentException if it is not one of a batch
         */
        static BulkBatch of(JsonNode event) {
            if (!(event.path("request") instanceof ObjectNode request)) {
                throw new IllegalArgumentException("the event has no request");
            }
            List<User> users = new ArrayList<>();
            for (JsonNode user : event.path("users")) {
                users.add(new User(user.path("line").asLong(), user.path("user")));
            }
            return new BulkBatch(new BulkRun(event.path("run").asText()), request, users);
        }

        /** Returns the range of the lines of these users. */
        LineRange lines() {
            return new LineRange(users.getFirst().line(), users.getLast().line());
        }

        /**
         * Refuses a request that names a user or somebody's page.
         *
         * @throws InvalidQueryException with the member
         */
        void checkRequest() {
            for (String member : OF_ONE) {
                if (request.has(member)) {
                    throw new InvalidQueryException(
                            "not-in-bulk",
                            member
                                    + " has no meaning for lists in bulk, which are for many users.");
                }
            }
        }
    }
}
