package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.Caller;
import dev.freshet.access.Operations;
import dev.freshet.access.UserTokens;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The functions' own look at who is calling, behind API Gateway's: whoever reaches a function past
 * the authorizer, or by a route that its policy let through, is refused here. What it goes by
 * stands in the event's {@code requestContext}, which callers cannot write.
 */
final class CallerCheck {
    /** The part of a path under which everything is one user's. */
    private static final String OF_A_USER = "/v1/users/{id}";

    private CallerCheck() {}

    /**
     * Who is calling, as the authorizer said, or as the signature did.
     *
     * @throws ProblemException 401 where nobody said so, or a token is over that was good when the
     *     authorizer looked
     */
    static Caller caller(JsonNode event) {
        JsonNode context = event.path("requestContext");
        Map<String, String> said = new HashMap<>();
        context.path("authorizer")
                .properties()
                .forEach(entry -> said.put(entry.getKey(), entry.getValue().asText("")));
        Caller caller =
                Caller.of(said).or(() -> signed(context)).orElseThrow(CallerCheck::unauthorized);
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

    /** By the gateway's clock; a request that does not tell its time is too late. */
    private static boolean over(Caller.User user, JsonNode context) {
        long millis = context.path("requestTimeEpoch").asLong(Long.MAX_VALUE);
        return !Instant.ofEpochMilli(millis).isBefore(user.expiresAt().plus(UserTokens.LEEWAY));
    }

    /**
     * Whether the caller may do this, from there, under this path.
     *
     * @throws ProblemException 403 where not
     */
    static void check(HttpRequest request) {
        Caller caller = request.caller();
        if (!Operations.allow(caller, request.method(), request.resource())) {
            throw new Problem(403, "not-permitted", "This credential may not call this route.")
                    .asException();
        }
        if (caller instanceof Caller.Publishable page
                && !page.mayComeFrom(request.header("Origin"))) {
            throw new Problem(
                            403,
                            "foreign-origin",
                            "This key is bound to origins, and this request does not come from one of"
                                    + " them.")
                    .asException();
        }
        if (request.resource().startsWith(OF_A_USER)
                && !caller.mayActFor(request.pathParameter("id"))) {
            throw IdentityCheck.notYourUser();
        }
    }

    private static ProblemException unauthorized() {
        return new Problem(
                        401,
                        "unauthorized",
                        "Send Authorization: Bearer with a valid key or user token of this stack.")
                .asException();
    }
}
