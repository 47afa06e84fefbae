package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.ingest.EventLog;
import dev.freshet.profile.UserProfile;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryEventLog;
import dev.freshet.testkit.memory.MemoryUsers;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileHandlerTest {
    private static final String ALIAS = "/v1/users/alias";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T12:00:00Z"));
    private final MemoryUsers users = new MemoryUsers(clock);
    private final MemoryEventLog events = new MemoryEventLog();
    private final Gateway gateway = gateway(events);

    private Gateway gateway(EventLog log) {
        return new Gateway(TestFunctions.profile(users, log, clock));
    }

    private Gateway.Answer user(String method, String id, String body) {
        return gateway.ask(method + " /v1/users/" + id, body);
    }

    @Test
    void aProfileIsPutAndGot() {
        Gateway.Answer put =
                user(
                        "PUT",
                        "ann",
                        "{\"attributes\": {\"plan\": \"gold\", \"age\": 40, \"old\": null}, \"consent\": {\"personalisation\": false, \"analytics\": null}}");

        put.assertHas("200");
        Gateway.Answer got = user("GET", "ann", "");
        assertThat(got.body()).isEqualTo(put.body());
        got.assertHas(
                "/attributes/plan = gold",
                "/attributes/age = 40",
                "/consent/personalisation = false",
                "/consent/analytics = true");
    }

    @Test
    void aBrokenProfileIsAProblemWithItsCode() {
        gateway.assertAnswers(
                """
                GET /v1/users/nobody -> 404 unknown-user
                PUT /v1/users/ann {"consent": 5} -> 400 unknown-member
                PUT /v1/users/ann {"consent": {"personalisation": "no"}} -> 400 bad-consent
                PUT /v1/users/ann {"consent": {"personalization": false}} -> 400 unknown-member
                PUT /v1/users/ann {"attributes": {"a": {}}} -> 400 bad-attributes
                PUT /v1/users/ann {"attribute": {}} -> 400 unknown-member
                PUT /v1/users/ann [] -> 400 unknown-member
                """);
        assertThat(users.get("ann").revision()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%61lias", ".", "..", "%20", "%2E", "%2e%2E"})
    void anIdThatCannotBeAddressedIsRefused(String id) {
        user("PUT", id, "{\"attributes\": {}}").assertProblem(400, "bad-user-id");
        user("GET", id, "").assertProblem(400, "bad-user-id");
        user("GET", "x".repeat(129), "").assertProblem(400, "bad-user-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alias", ".", "..", " "})
    void anAliasJoinsNoIdThatCannotBeAddressed(String id) {
        gateway.post(ALIAS, alias("anon-1", id)).assertProblem(400, "bad-user-id");
        gateway.post(ALIAS, alias(id, "ann")).assertProblem(400, "bad-user-id");
        assertThat(events.records()).isEmpty();
    }

    @Test
    void anAliasIsAcceptedOnceItIsInTheStream() {
        gateway.post(ALIAS, alias("anon-1", "ann")).assertHas("202", "/userId = ann");
        assertThat(events.records()).hasSize(1);
    }

    @Test
    void anAliasOfItselfOfNobodyOfAnotherUsersIdOrInAChainIsRefused() {
        users.put(UserProfile.absent("ben").withAliases(List.of("anon-1")));
        users.put(UserProfile.absent("anon-1").aliasOf("ben"));
        users.put(
                UserProfile.absent("ann")
                        .withAliases(IntStream.range(0, 100).mapToObj(i -> "anon-" + i).toList()));

        gateway.assertAnswers(
                """
                POST /v1/users/alias {"anonymousId": "cleo", "userId": "cleo"} -> 400 alias-of-itself
                POST /v1/users/alias {"userId": "cleo"} -> 400 bad-user-id
                POST /v1/users/alias {"anonymousId": "anon-1", "userId": "bob"} -> 409 alias-taken
                POST /v1/users/alias {"anonymousId": "ben", "userId": "cleo"} -> 409 alias-chain
                POST /v1/users/alias {"anonymousId": "anon-2", "userId": "anon-1"} -> 409 alias-chain
                POST /v1/users/alias {"anonymousId": "anon-100", "userId": "ann"} -> 409 too-many-aliases
                """);
        assertThat(events.records()).isEmpty();
    }

    @Test
    void anAliasThatTheStreamDoesNotTakeIsToBeSentAgain() {
        assertThat(gateway(_ -> List.of(0)).post(ALIAS, alias("anon-1", "ann")).status())
                .isEqualTo(503);
    }

    private static String alias(String anonymousId, String userId) {
        return "{\"anonymousId\": \"%s\", \"userId\": \"%s\"}".formatted(anonymousId, userId);
    }

    @Test
    void aUserChangesItsOwnConsentAndNothingElse() {
        gateway.as(Gateway.user("ann"))
                .assertAnswers(
                        """
                        PUT /v1/users/ann {"consent":{"personalisation":false}} -> 200
                        PUT /v1/users/ann {"consent":{"personalisation":true},"attributes":{"plan":"gold"}} -> 403 not-permitted
                        GET /v1/users/ann -> 200
                        GET /v1/users/bob -> 403 not-your-user
                        PUT /v1/users/bob {"consent":{}} -> 403 not-your-user
                        """);
        assertThat(users.get("ann").attributes()).isEmpty();
        assertThat(users.get("bob").revision()).isZero();
    }

    @Test
    void aUserTakesInAnAnonymousUserThatNobodyCouldGuessAndNoOtherUser() {
        gateway.as(Gateway.user("ann"))
                .assertAnswers(
                        """
                        POST /v1/users/alias {"anonymousId": "VISITOR", "userId": "ann"} -> 202
                        POST /v1/users/alias {"anonymousId": "VISITOR", "userId": "bob"} -> 403 not-your-user
                        POST /v1/users/alias {"anonymousId": "bob", "userId": "ann"} -> 403 not-your-anonymous-id
                        POST /v1/users/alias {"anonymousId": "anon-1", "userId": "ann"} -> 403 not-your-anonymous-id
                        """
                                .replace("VISITOR", Gateway.VISITOR));
        assertThat(events.records()).hasSize(1);
    }
}
