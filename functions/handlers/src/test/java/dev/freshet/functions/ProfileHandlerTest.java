package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.Caller;
import dev.freshet.catalog.AttributeValue;
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
import org.junit.jupiter.params.provider.CsvSource;
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
                        "{\"attributes\": {\"plan\": \"gold\", \"age\": 40}, \"consent\": {\"personalisation\": false}}");

        assertThat(put.status()).isEqualTo(200);
        Gateway.Answer got = user("GET", "ann", "");
        assertThat(got.body()).isEqualTo(put.body());
        assertThat(got.at("/attributes/plan")).isEqualTo("gold");
        assertThat(got.at("/attributes/age")).isEqualTo("40");
        assertThat(got.body().at("/consent/personalisation").asBoolean(true)).isFalse();
        assertThat(got.body().at("/consent/analytics").asBoolean(false)).isTrue();
    }

    @Test
    void anUnknownUserIsNotFound() {
        Gateway.Answer answer = user("GET", "nobody", "");

        answer.assertProblem(404, "unknown-user");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"consent\": 5}; unknown-member",
                "{\"consent\": {\"personalisation\": \"no\"}}; bad-consent",
                "{\"consent\": {\"personalization\": false}}; unknown-member",
                "{\"attributes\": {\"a\": {}}}; bad-attributes",
                "{\"attribute\": {}}; unknown-member",
                "[]; unknown-member"
            })
    void aBrokenProfileIsAProblemWithItsCode(String body, String code) {
        Gateway.Answer answer = user("PUT", "ann", body);

        answer.assertProblem(400, code);
        assertThat(users.get("ann").revision()).isZero();
    }

    @Test
    void anIdOfMoreThan128CharactersIsRefused() {
        assertThat(user("GET", "x".repeat(129), "").code()).isEqualTo("bad-user-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%61lias", ".", "..", "%20", "%2E", "%2e%2E"})
    void anIdThatCannotBeAddressedIsRefused(String id) {
        assertThat(user("PUT", id, "{\"attributes\": {}}").code()).isEqualTo("bad-user-id");
        assertThat(user("GET", id, "").code()).isEqualTo("bad-user-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alias", ".", "..", " "})
    void anAliasJoinsNoIdThatCannotBeAddressed(String id) {
        assertThat(gateway.post(ALIAS, alias("anon-1", id)).code()).isEqualTo("bad-user-id");
        assertThat(gateway.post(ALIAS, alias(id, "ann")).code()).isEqualTo("bad-user-id");
        assertThat(events.records()).isEmpty();
    }

    @Test
    void aPathThatIsNotUtf8IsRefusedAndNamesNobodyElse() {
        user("PUT", "jos%C3%A9", "{\"attributes\": {\"plan\": \"gold\"}}");
        assertThat(users.get("jos\u00e9").attributes())
                .containsEntry("plan", AttributeValue.of("gold"));

        for (String id : List.of("jos%E8", "jos%E9", "jos%C3", "jos%ED%A0%80", "%C0%AE", "%4")) {
            Gateway.Answer answer = user("PUT", id, "{\"attributes\": {}}");
            answer.assertProblem(400, "bad-path-parameter");
        }
        assertThat(users.get("jos\ufffd").revision()).isZero();
        assertThat(user("GET", "jos\u00e9", "").status()).as("not encoded").isEqualTo(200);
        assertThat(user("PUT", "a+b", "{\"attributes\": {}}").at("/userId")).isEqualTo("a+b");
    }

    @Test
    void anAliasIsAcceptedOnceItIsInTheStream() {
        Gateway.Answer answer =
                gateway.post(ALIAS, "{\"anonymousId\": \"anon-1\", \"userId\": \"ann\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.at("/userId")).isEqualTo("ann");
        assertThat(events.records()).hasSize(1);
    }

    @Test
    void anAliasOfItselfOfNobodyOrOfAnotherUsersIdIsRefused() {
        users.put(UserProfile.absent("anon-1").aliasOf("ann"));

        assertThat(gateway.post(ALIAS, "{\"anonymousId\": \"ann\", \"userId\": \"ann\"}").code())
                .isEqualTo("alias-of-itself");
        assertThat(gateway.post(ALIAS, "{\"userId\": \"ann\"}").code()).isEqualTo("bad-user-id");
        Gateway.Answer taken =
                gateway.post(ALIAS, "{\"anonymousId\": \"anon-1\", \"userId\": \"bob\"}");
        taken.assertProblem(409, "alias-taken");
        assertThat(events.records()).isEmpty();
    }

    @Test
    void aChainOfAliasesIsAConflict() {
        users.put(UserProfile.absent("ben").withAliases(List.of("anon-1")));
        users.put(UserProfile.absent("anon-1").aliasOf("ben"));

        for (String chain :
                List.of(
                        "{\"anonymousId\": \"ben\", \"userId\": \"cleo\"}",
                        "{\"anonymousId\": \"anon-2\", \"userId\": \"anon-1\"}")) {
            Gateway.Answer answer = gateway.post(ALIAS, chain);
            answer.assertProblem(409, "alias-chain");
        }
        assertThat(events.records()).isEmpty();
    }

    @Test
    void theHundredAndFirstAliasIsAConflict() {
        users.put(
                UserProfile.absent("ann")
                        .withAliases(IntStream.range(0, 100).mapToObj(i -> "anon-" + i).toList()));

        Gateway.Answer answer =
                gateway.post(ALIAS, "{\"anonymousId\": \"anon-100\", \"userId\": \"ann\"}");

        answer.assertProblem(409, "too-many-aliases");
        assertThat(events.records()).isEmpty();
    }

    @Test
    void anAliasThatTheStreamDoesNotTakeIsToBeSentAgain() {
        Gateway silent = gateway(entries -> List.of(0));

        assertThat(
                        silent.post(ALIAS, "{\"anonymousId\": \"anon-1\", \"userId\": \"ann\"}")
                                .status())
                .isEqualTo(503);
    }

    private static String alias(String anonymousId, String userId) {
        return "{\"anonymousId\": \"%s\", \"userId\": \"%s\"}".formatted(anonymousId, userId);
    }

    private static final String VISITOR = "anon-0123456789abcdefghijkl";
    private static final Caller ANN =
            new Caller.User("ann", Gateway.KEY_ID, Gateway.AT.plusSeconds(600));

    private Gateway.Answer asAnn(String method, String id, String body) {
        return gateway.as(ANN).ask(method + " /v1/users/" + id, body);
    }

    @Test
    void aUserChangesItsOwnConsentAndNothingElse() {
        assertThat(asAnn("PUT", "ann", "{\"consent\":{\"personalisation\":false}}").status())
                .isEqualTo(200);
        Gateway.Answer refused =
                asAnn(
                        "PUT",
                        "ann",
                        "{\"consent\":{\"personalisation\":true},\"attributes\":{\"plan\":\"gold\"}}");

        refused.assertProblem(403, "not-permitted");
        assertThat(users.get("ann").attributes()).isEmpty();
        assertThat(asAnn("GET", "ann", "").status()).isEqualTo(200);
        assertThat(asAnn("GET", "bob", "").code()).isEqualTo("not-your-user");
        assertThat(asAnn("PUT", "bob", "{\"consent\":{}}").code()).isEqualTo("not-your-user");
        assertThat(users.get("bob").revision()).isZero();
    }

    @Test
    void aUserTakesInAnAnonymousUserAndNoOtherUser() {
        Gateway ann = gateway.as(ANN);

        assertThat(ann.post(ALIAS, alias(VISITOR, "ann")).status()).isEqualTo(202);
        assertThat(ann.post(ALIAS, alias(VISITOR, "bob")).code()).isEqualTo("not-your-user");
        assertThat(ann.post(ALIAS, "{\"anonymousId\": \"bob\", \"userId\": \"ann\"}").code())
                .isEqualTo("not-your-anonymous-id");
        assertThat(events.records()).hasSize(1);
    }

    @Test
    void aUserTakesInNoAnonymousIdThatCouldBeGuessed() {
        Gateway.Answer answer = gateway.as(ANN).post(ALIAS, alias("anon-1", "ann"));

        answer.assertProblem(403, "not-your-anonymous-id");
        assertThat(events.records()).isEmpty();
    }
}
