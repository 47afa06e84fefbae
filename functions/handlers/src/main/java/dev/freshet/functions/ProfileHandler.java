package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Caller;
import dev.freshet.aws.Settings;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Attributes;
import dev.freshet.catalog.Attributes.InvalidAttributesException;
import dev.freshet.event.Consent;
import dev.freshet.functions.PrivacyJson.ProfileJson;
import dev.freshet.functions.Problem.ProblemException;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.json.Identifier;
import dev.freshet.profile.ProfileFlow;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.UserProfile.AliasRefusal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The handler of {@code PUT|GET /v1/users/{id}} and {@code POST /v1/users/alias}. */
public final class ProfileHandler extends HttpHandler {
    /** Maximum size of a request, in bytes. */
    static final int MAX_BYTES = 128 << 10;

    private final ProfileFlow flow;
    private final IdentityCheck identities;

    public ProfileHandler() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    public ProfileHandler(Wiring wiring) {
        this(wiring.profiles(), new IdentityCheck(wiring.policies().anonymousPrefix()));
    }

    ProfileHandler(ProfileFlow flow, IdentityCheck identities) {
        this.flow = flow;
        this.identities = identities;
    }

    @Override
    protected Map<String, OperationHandler> operations() {
        return Map.of(
                "putUser",
                        request ->
                                put(
                                        request.caller(),
                                        request.id(Identifier.USER, "bad-user-id"),
                                        request.json(MAX_BYTES)),
                "getUser", request -> get(request.id(Identifier.USER, "bad-user-id")),
                "aliasUser", request -> alias(request.caller(), request.json(MAX_BYTES)));
    }

    private HttpResponse get(String userId) {
        UserProfile profile =
                flow.get(userId)
                        .orElseThrow(
                                () ->
                                        ProblemException.of(
                                                404,
                                                "unknown-user",
                                                "There is no profile of a user with this id."));
        return HttpResponse.json(200, json(profile));
    }

    private HttpResponse put(Caller caller, String userId, JsonNode body) {
        members(body, Set.of("attributes", "consent"));
        if (!caller.trusted() && body.has("attributes")) {
            throw ProblemException.of(
                    403,
                    "not-permitted",
                    "With a user token only consent may be changed; send attributes with a secret key.");
        }
        return HttpResponse.json(
                200, json(flow.put(userId, attributes(body), consent(body.get("consent")))));
    }

    private HttpResponse alias(Caller caller, JsonNode body) {
        members(body, Set.of("anonymousId", "userId"));
        identities.members(caller, body);
        String anonymousId = id(body, "anonymousId");
        String userId = id(body, "userId");
        if (anonymousId.equals(userId)) {
            throw ProblemException.of(
                    400,
                    "alias-of-itself",
                    "anonymousId and userId are equal; an alias joins two different ids.");
        }
        flow.alias(anonymousId, userId)
                .ifPresent(
                        refusal -> {
                            throw refused(refusal).asException();
                        });
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        return HttpResponse.json(202, answer.put("anonymousId", anonymousId).put("userId", userId));
    }

    private static Problem refused(AliasRefusal refusal) {
        return switch (refusal) {
            case TAKEN ->
                    new Problem(
                            409,
                            "alias-taken",
                            "This anonymous id belongs to another user; use a new anonymous id after a log-out.");
            case HAS_ALIASES ->
                    new Problem(
                            409,
                            "alias-chain",
                            "The anonymousId has aliases of its own, so it cannot become an alias.");
            case IS_ALIAS ->
                    new Problem(
                            409,
                            "alias-chain",
                            "The userId is an alias of another user, so it cannot have aliases; name that user.");
            case TOO_MANY ->
                    new Problem(
                            409,
                            "too-many-aliases",
                            "A user has at most "
                                    + UserProfile.MAX_ALIASES
                                    + " aliases; erase one of them by its own id to join another.");
        };
    }

    private static @Nullable Map<String, AttributeValue> attributes(JsonNode body) {
        if (!body.has("attributes")) {
            return null;
        }
        try {
            return Attributes.read(body.get("attributes"));
        } catch (InvalidAttributesException invalid) {
            throw ProblemException.of(400, InvalidAttributesException.CODE, invalid.detail());
        }
    }

    private static @Nullable Consent consent(@Nullable JsonNode consent) {
        if (consent == null) {
            return null;
        }
        members(consent, Set.of("personalisation", "analytics"));
        return new Consent(flag(consent, "personalisation"), flag(consent, "analytics"));
    }

    /**
     * Returns a flag of consent, which is true if left out, as it is for a user without a profile.
     */
    private static boolean flag(JsonNode consent, String name) {
        JsonNode flag = consent.path(name);
        if (!flag.isMissingNode() && !flag.isBoolean()) {
            throw ProblemException.of(
                    400,
                    "bad-consent",
                    "The members of consent, personalisation and analytics, must be true or false.");
        }
        return flag.isMissingNode() || flag.booleanValue();
    }

    private static void members(JsonNode object, Set<String> known) {
        if (!object.isObject()
                || !object.properties().stream()
                        .allMatch(member -> known.contains(member.getKey()))) {
            throw ProblemException.of(
                    400,
                    "unknown-member",
                    "The body or member must be an object with only these members: "
                            + String.join(", ", known.stream().sorted().toList())
                            + ".");
        }
    }

    private static String id(JsonNode body, String name) {
        String id = body.path(name).isTextual() ? body.path(name).textValue() : "";
        return HttpRequest.id(id, Identifier.USER, "bad-user-id", name);
    }

    private static ObjectNode json(UserProfile profile) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("userId", profile.userId());
        ProfileJson.addStated(profile, json);
        return json;
    }
}
