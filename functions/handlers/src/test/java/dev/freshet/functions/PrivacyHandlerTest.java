package dev.freshet.functions;

import static dev.freshet.functions.PrivateStores.act;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.IdMask;
import dev.freshet.access.ListArm;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.enrolment.Enrolments;
import dev.freshet.event.Consent;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrivacyHandlerTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final PrivateStores stores = new PrivateStores(NOW);
    private final Gateway gateway = stores.gateway();

    private Gateway.Answer ask(String request) {
        return gateway.ask(request);
    }

    private void known(String id) {
        stores.users.put(
                UserProfile.absent(id)
                        .with(
                                new UserProfile.Stated(
                                        Map.of("plan", AttributeValue.of("gold")),
                                        new Consent(true, false)))
                        .enrolled(
                                Enrolments.NONE.shown(
                                        List.of(new ListArm("home", "home-1", "diverse")),
                                        new ShardPosition("events/0", BigInteger.TWO),
                                        NOW,
                                        List.of("s3", "mobile"))));
        stores.did(id, "e-1", NOW, act(EventType.RATING, 4.5), "session", Map.of());
    }

    private void did(String id, EventType type) {
        stores.did(id, type.wireName(), NOW, act(type, 0), null, Map.of("size", "42"));
    }

    @Test
    void anExportNamesTypesOfTheOwnerAndShowsTheProperties() {
        did("ann", EventType.OWN_3);
        did("ann", EventType.OWN_4);

        Gateway.Answer answer = ask("GET /v1/users/ann/export");

        assertThat(answer.body().path("interactions").findValuesAsText("type"))
                .containsExactlyInAnyOrder("try-on", "own_4");
        answer.assertHas("/interactions/0/properties = {\"size\":\"42\"}");
    }

    @Test
    void anExportReportsTheProfileAndEveryFieldOfARow() {
        known("ann");

        ask("GET /v1/users/ann/export")
                .assertHas(
                        """
                        200
                        Cache-Control: no-store
                        /profiles/0/attributes/plan = gold
                        /profiles/0/consent/analytics = false
                        /profiles/0/enrolled = [{"experiment":"home","salt":"home-1",\
                        "arm":"diverse","since":"%s","crossed":false,"segment":"s3","device":"mobile"}]
                        /interactions/0/type = rating
                        /interactions/0/value = 4.5
                        /interactions/0/context/country = BR
                        /interactions/0/sessionId = session
                        /next = -
                        """
                                .formatted(NOW.truncatedTo(ChronoUnit.SECONDS)));
    }

    @Test
    void anErasureAnswersWithItsReceiptAndCanBeFollowed() {
        known("ann");

        ask("GET /v1/users/ann/erasure").assertProblem(404, "unknown-erasure");
        Gateway.Answer receipt = ask("DELETE /v1/users/ann");

        receipt.assertHas("200", "/removed/1/store = interactions", "/removed/1/count = 1");
        assertThat(receipt.body().path("remaining").findValuesAsText("place"))
                .contains("events-stream", "model-log", "tombstone");
        ask("GET /v1/users/ann/erasure")
                .assertHas(
                        "/steps/rowsGone/done = true",
                        "/steps/taken/done = false",
                        "/complete = false");
        ask("GET /v1/users/ann/export")
                .assertHas("/interactions = []", "/profiles/0/erasure/erasureId = erasure-1");
    }

    @Test
    void aRepeatedErasureAddsNothingToTheStreamAndSaysWhenItMayBeginAgain() {
        known("ann");
        ask("DELETE /v1/users/ann");
        stores.clock.advance(Duration.ofMillis(14_500));

        ask("DELETE /v1/users/ann").assertHas("429 erasure-too-soon", "Retry-After: 46");
        assertThat(stores.events.records()).hasSize(1);
        stores.clock.advance(Duration.ofSeconds(46));
        assertThat(ask("DELETE /v1/users/ann").status()).isEqualTo(200);
        assertThat(stores.events.records()).hasSize(2);
    }

    @Test
    void anErasureThatIsInForceIsAnsweredWithItsReceipt() {
        known("ann");
        ask("DELETE /v1/users/ann");
        UserProfile erased = stores.users.get("ann");
        Tombstone tombstone = Objects.requireNonNull(erased.tombstone());
        stores.users.put(
                erased.withTombstone(
                        tombstone.appliedAt(
                                new ShardPosition("events/shardId-000000000000", BigInteger.TWO))));
        stores.clock.advance(Duration.ofSeconds(5));

        ask("DELETE /v1/users/ann")
                .assertHas(
                        "200",
                        "/erasureId = erasure-1",
                        "/erasedAt = " + NOW,
                        "/erasuresInStream = 0");
        assertThat(stores.events.records()).hasSize(1);
    }

    @Test
    void aPartThatWasNeverGivenAndAnIdThatIsNoneAreRefused() {
        gateway.assertAnswers(
                """
                        GET /v1/users/ann/export?next=nonsense -> 400 unknown-part
                        GET /v1/users/a%0Ab/export -> 400 bad-user-id
                        DELETE /v1/users/%61lias -> 400 bad-user-id
                        """);
        assertThat(stores.events.records()).isEmpty();
    }

    @Test
    void whereIdsAreReplacedTheAnswerStillCarriesTheIdAsAsked() {
        IdMask mask = new IdMask(stores.signer, "anon-");
        known(mask.apply("ann"));

        new Gateway(stores.handler(mask))
                .ask("GET /v1/users/ann/export")
                .assertHas("/userId = ann", "#/interactions = 1");
        ask("GET /v1/users/ann/export").assertHas("/interactions = []");
    }

    @Test
    void requestsOfManyThreadsGetTheAnswersThatTheyGetAlone() throws Exception {
        int requests = 10 * AtOnce.THREADS;
        for (int user = 0; user < requests / 5; user++) {
            known("user-" + user);
        }
        IntFunction<Gateway.Answer> ask =
                i ->
                        gateway.ask(
                                "GET /v1/users/user-"
                                        + i / 4
                                        + (i % 2 == 0 ? "/export" : "/interactions"));
        List<Gateway.Answer> alone = IntStream.range(0, requests).mapToObj(ask).toList();
        assertThat(alone).extracting(Gateway.Answer::status).containsOnly(200);

        assertThat(AtOnce.answers(requests, ask)).isEqualTo(alone);

        IntFunction<Gateway.Answer> erase = i -> gateway.ask("DELETE /v1/users/user-" + i);
        assertThat(AtOnce.answers(requests, erase))
                .extracting(Gateway.Answer::status)
                .containsOnly(200);
        assertThat(AtOnce.answers(requests, ask))
                .noneMatch(answer -> answer.body().toString().contains("\"tea\""));
    }
}
