package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.Caller;
import java.util.List;

/**
 * Whether a caller may speak for the readers that a request names. Looks at what the request says,
 * before anything of it is read, judged or put.
 *
 * @param anonymousPrefix what ids of anonymous readers begin with, and no user's does
 */
record IdentityCheck(String anonymousPrefix) {
    private static final String USER_ID = "userId";
    private static final String ANONYMOUS_ID = "anonymousId";

    /**
     * Looks at the members {@code userId} and {@code anonymousId} of an object; what is no object
     * names nobody.
     *
     * @throws ProblemException 403 where one of them is not the caller's to name
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
     * Looks at every value of the parameters {@code userId} and {@code anonymousId}.
     *
     * @throws ProblemException 403 where one of them is not the caller's to name
     */
    void parameters(HttpRequest request) {
        Caller caller = request.caller();
        request.everyQuery().getOrDefault(USER_ID, List.of()).forEach(id -> user(caller, id));
        request.everyQuery()
                .getOrDefault(ANONYMOUS_ID, List.of())
                .forEach(id -> anonymous(caller, id));
    }

    /**
     * Looks at a user's id.
     *
     * @throws ProblemException 403 where it is not the caller's to name
     */
    void user(Caller caller, String userId) {
        if (caller.mayActFor(userId)) {
            return;
        }
        throw caller instanceof Caller.User ? notYourUser() : notYourReader();
    }

    /**
     * Looks at an anonymous reader's id.
     *
     * @throws ProblemException 403 where it is not the caller's to name
     */
    void anonymous(Caller caller, String anonymousId) {
        if (!caller.mayActForAnonymous(anonymousId, anonymousPrefix)) {
            throw notYourReader();
        }
    }

    static ProblemException notYourUser() {
        return new Problem(
                        403,
                        "not-your-user",
                        "This credential speaks for one user, and the request names another.")
                .asException();
    }

    private ProblemException notYourReader() {
        return new Problem(
                        403,
                        "not-your-reader",
                        "This credential speaks for anonymous readers, whose ids begin with "
                                + anonymousPrefix
                                + "; nothing of the request was taken.")
                .asException();
    }
}
