package dev.freshet.functions;

import dev.freshet.access.Caller;
import dev.freshet.ingest.Submission;
import java.util.HashSet;
import java.util.Set;

/**
 * The limit on how many anonymous users one request may report events of, unless its caller is
 * trusted. A browser has one anonymous id, and a second one after the first was cleared; a request
 * that names many was not made by a page, and would let one request pass for a crowd.
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
