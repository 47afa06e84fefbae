package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.Caller;
import dev.freshet.access.Operations;
import dev.freshet.access.UserTokens;
import dev.freshet.functions.Problem.ProblemException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The functions' own check of the caller, behind API Gateway's. It refuses requests that reach a
 * function without passing the authorizer, or by a route that the authorizer's policy did not mean
 * to allow. It relies on the event's {@code requestContext}, which callers cannot write.
 */
final class CallerCheck {
    /** Path prefix of the routes that concern a single user. */
    private static final String OF_A_USER = "/v1/users/{id}";

    private CallerCheck() {}

    /**
     * Returns the caller, from the authorizer's context or the IAM signature.
     *
     * @throws ProblemException 401 if there is neither, or if a user token has expired since the
     *     authorizer admitted it
     */
    static Caller caller(JsonNode event) {
        JsonNode context = event.path("requestContext");
        Map<String, String> claims = new HashMap<>();
        context.path("authorizer")
                .properties()
                .forEach(entry -> claims.put(entry.getKey(), entry.getValue().asText("")));
        Caller caller =
                Caller.of(claims).or(() -> signed(context)).orElseThrow(CallerCheck::unauthorized);
        if (caller instanceof Caller.User user && over(user, context)) {
            throw unauthorized();
        }
        return caller;
    }

    private static Optional<Caller> signed(JsonNode context) {
        String arn = context.path("identity").path("userArn").asText("");
        return context.path("authorizer").has("principalId") || !arn.startsWith("arn:")
                ? Optional.empty()
                : Optional.of(new Caller.Signed(arn));
    }

    /**
     * Returns whether a user token has expired by the gateway's clock; a request without a time
     * counts as too late.
     */
    private static boolean over(Caller.User user, JsonNode context) {
        long millis = context.path("requestTimeEpoch").asLong(Long.MAX_VALUE);
        return !Instant.ofEpochMilli(millis).isBefore(user.expiresAt().plus(UserTokens.LEEWAY));
    }

    /**
     * Checks that the caller may call this route, from this origin and for this user.
     *
     * @throws ProblemException 403 if not
     */
    static void check(HttpRequest request) {
        Caller caller = request.caller();
        if (!Operations.allow(caller, request.method(), request.resource())) {
            throw ProblemException.of(
                    403, "not-permitted", "This credential may not call this route.");
        }
        if (caller instanceof Caller.Publishable page
                && !page.mayComeFrom(request.header("Origin"))) {
            throw ProblemException.of(
                    403,
                    "foreign-origin",
                    "This key may be used only from the origins that it was created for; this"
                            + " request has another Origin header, or none.");
        }
        if (request.resource().startsWith(OF_A_USER)
                && !caller.mayActFor(request.pathParameter("id"))) {
            throw IdentityCheck.notYourUser();
        }
    }

    private static ProblemException unauthorized() {
        return ProblemException.of(
                401,
                "unauthorized",
                "Send the header Authorization: Bearer with a valid key or user token of"
                        + " this stack.");
    }
}
