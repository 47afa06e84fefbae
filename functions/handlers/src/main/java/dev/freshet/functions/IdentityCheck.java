package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.Caller;
import dev.freshet.functions.Problem.ProblemException;
import dev.freshet.ingest.Submission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The check that a caller may act for the users named in a request. It is applied before anything
 * else of the request is read, validated or stored.
 *
 * @param anonymousPrefix prefix that the ids of anonymous users have, and no user id has
 */
record IdentityCheck(String anonymousPrefix) {
    private static final String USER_ID = "userId";
    private static final String ANONYMOUS_ID = "anonymousId";

    /**
     * Checks the members {@code userId} and {@code anonymousId} of a JSON value; one that is not an
     * object passes.
     *
     * @throws ProblemException 403 if the caller may not act for one of the ids
     */
    void members(Caller caller, JsonNode object) {
        if (caller.trusted()) {
            return;
        }
        if (object.hasNonNull(USER_ID)) {
            user(caller, object.path(USER_ID).asText(""));
        }
        if (object.hasNonNull(ANONYMOUS_ID)) {
            anonymous(caller, object.path(ANONYMOUS_ID).asText(""));
        }
    }

    /**
     * Checks all values of the query parameters {@code userId} and {@code anonymousId}.
     *
     * @throws ProblemException 403 if the caller may not act for one of the ids
     */
    void parameters(HttpRequest request) {
        Caller caller = request.caller();
        request.everyQuery().getOrDefault(USER_ID, List.of()).forEach(id -> user(caller, id));
        request.everyQuery()
                .getOrDefault(ANONYMOUS_ID, List.of())
                .forEach(id -> anonymous(caller, id));
    }

    /**
     * Checks a user id.
     *
     * @throws ProblemException 403 if the caller may not act for it
     */
    void user(Caller caller, String userId) {
        if (caller.mayActFor(userId)) {
            return;
        }
        throw caller instanceof Caller.User ? notYourUser() : notYourAnonymousUser();
    }

    /**
     * Checks the id of an anonymous user.
     *
     * @throws ProblemException 403 if the caller may not act for it
     */
    void anonymous(Caller caller, String anonymousId) {
        if (!caller.mayActForAnonymous(anonymousId, anonymousPrefix)) {
            throw notYourAnonymousUser();
        }
    }

    static ProblemException notYourUser() {
        return ProblemException.of(
                403,
                "not-your-user",
                "This credential acts for one user only, and the request names another.");
    }

    private ProblemException notYourAnonymousUser() {
        return ProblemException.of(
                403,
                "not-your-anonymous-id",
                "This credential acts only for anonymous users, whose ids begin with "
                        + anonymousPrefix
                        + " and have at least "
                        + Caller.ANONYMOUS_LENGTH
                        + " random characters after it; nothing of the request was"
                        + " processed.");
    }

    /**
     * The limit on how many anonymous users one request may report events of, unless its caller is
     * trusted. A browser has one anonymous id, and a second one after the first was cleared; a
     * request that names many was not made by a page, and would let one request pass for a crowd.
     *
     * @param most number of distinct anonymous ids, at least 1
     */
    record AnonymousIdLimit(int most) {
        /**
         * Checks the members {@code anonymousId} of a request's events.
         *
         * @throws ProblemException 400 if they name too many users
         */
        void check(Caller caller, Submission submission) {
            if (caller.trusted()) {
                return;
            }
            Set<String> ids = new HashSet<>();
            for (Submission.Part part : submission.parts()) {
                if (part.json().hasNonNull("anonymousId")) {
                    ids.add(part.json().path("anonymousId").asText(""));
                }
            }
            if (ids.size() > most) {
                throw ProblemException.of(
                        400,
                        "too-many-anonymous-ids",
                        "A request of this credential reports events of at most "
                                + most
                                + " anonymous users; a server that reports more needs a secret"
                                + " key. Nothing of the request was processed.");
            }
        }
    }
}
