package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bulk.BulkRun;
import dev.freshet.bulk.BulkRun.LineRange;
import dev.freshet.query.InvalidQueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The users of one invocation of {@link BulkHandler}, and what is asked for each of them.
 *
 * @param run that the lists belong to
 * @param request the body of {@code POST /v1/recommendations}, without a user
 * @param users in the order of their lines, at most {@value BulkRun#BATCH}; empty where the request
 *     alone is to be checked
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
     * @param ids {@code userId}, {@code anonymousId} or both, and {@code context} where it is the
     *     user's own
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
                        member + " has no meaning for lists in bulk, which are for many users.");
            }
        }
    }
}
