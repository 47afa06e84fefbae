package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.IdMask;
import dev.freshet.access.Signer;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.Consent;
import dev.freshet.event.Context;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Pseudonym.Pseudonyms;
import dev.freshet.experiment.enrolment.Enrolments;
import dev.freshet.experiment.enrolment.ListArm;
import dev.freshet.features.StoredInteraction;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryEventLog;
import dev.freshet.testkit.memory.MemoryExposures;
import dev.freshet.testkit.memory.MemoryInteractions;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryUsers;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrivacyHandlerTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOW);
    private final MemoryInteractions rows = new MemoryInteractions(clock);
    private final MemoryExposures lists = new MemoryExposures(clock);
    private final MemoryUsers users = new MemoryUsers(clock);
    private final MemoryQuarantine quarantine = new MemoryQuarantine();
    private final MemoryEventLog events = new MemoryEventLog();
    private final Signer signer =
            new Signer("a secret of the tests".getBytes(StandardCharsets.UTF_8));
    private final Pseudonyms pseudonyms = new Pseudonyms(signer);

    private Gateway gateway(UnaryOperator<String> ids) {
        return new Gateway(
                new PrivateStores(clock, rows, lists, users, quarantine, events, pseudonyms)
                        .handler(ids));
    }

    private Gateway.Answer ask(String request) {
        return gateway(UnaryOperator.identity()).ask(request);
    }

    private void known(String id) {
        users.put(
                UserProfile.absent(id)
                        .with(
                                new UserProfile.Stated(
                                        Map.of("plan", AttributeValue.of("gold")),
                                        new Consent(true, false)))
                        .enrolled(
                                Enrolments.NONE.shown(
                                        List.of(new ListArm("home", "home-1", "diverse")),
                                        new ShardPosition("events/0", BigInteger.TWO),
                                        NOW)));
        rows.putIfAbsent(
                new StoredInteraction(
                        id,
                        "e-1",
                        EventTimes.at(NOW),
                        new StoredInteraction.Act(
                                EventType.RATING, Target.item("tea"), 2.5, 4.5, null),
                        "session",
                        Context.of("mobile", "BR", 9),
                        new ShardPosition("events/shardId-000000000000", BigInteger.ONE),
                        null,
                        Map.of()),
                null);
    }

    private void did(String id, EventType type) {
        rows.putIfAbsent(
                new StoredInteraction(
                                id,
                                type.wireName(),
                                EventTimes.at(NOW),
                                new StoredInteraction.Act(type, Target.item("tea"), 2, 0, null),
                                null,
                                Context.UNKNOWN,
                                new ShardPosition("events/shardId-000000000000", BigInteger.TEN),
                                null,
                                Map.of())
                        .withProperties(Map.of("size", "42")),
                null);
    }

    @Test
    void anExportNamesTypesOfTheOwnerAndShowsTheProperties() {
        did("ann", EventType.OWN_3);
        did("ann", EventType.OWN_4);

        Gateway.Answer answer = ask("GET /v1/users/ann/export");

        assertThat(answer.body().path("interactions").findValuesAsText("type"))
                .containsExactlyInAnyOrder("try-on", "own_4");
        assertThat(answer.body().at("/interactions/0/properties").toString())
                .isEqualTo("{\"size\":\"42\"}");
    }

    @Test
    void anExportReportsTheProfileAndEveryFieldOfARow() {
        known("ann");

        Gateway.Answer answer = ask("GET /v1/users/ann/export");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/profiles/0/attributes/plan")).isEqualTo("gold");
        assertThat(answer.body().at("/profiles/0/consent/analytics").asBoolean(true)).isFalse();
        assertThat(answer.body().at("/profiles/0/enrolled").toString())
                .isEqualTo(
                        "[{\"experiment\":\"home\",\"salt\":\"home-1\",\"arm\":\"diverse\","
                                + "\"since\":\""
                                + NOW.truncatedTo(ChronoUnit.SECONDS)
                                + "\",\"crossed\":false}]");
        JsonNode row = answer.body().at("/interactions/0");
        assertThat(row.path("type").asText()).isEqualTo("rating");
        assertThat(row.path("value").asDouble()).isEqualTo(4.5);
        assertThat(row.at("/context/country").asText()).isEqualTo("BR");
        assertThat(row.path("sessionId").asText()).isEqualTo("session");
        assertThat(answer.body().has("next")).isFalse();
    }

    @Test
    void anErasureAnswersWithItsReceiptAndCanBeFollowed() {
        known("ann");

        assertThat(ask("GET /v1/users/ann/erasure").code()).isEqualTo("unknown-erasure");
        Gateway.Answer receipt = ask("DELETE /v1/users/ann");

        assertThat(receipt.status()).isEqualTo(200);
        assertThat(receipt.at("/removed/1/store")).isEqualTo("interactions");
        assertThat(receipt.body().at("/removed/1/count").asInt()).isEqualTo(1);
        assertThat(receipt.body().path("remaining").findValuesAsText("place"))
                .contains("events-stream", "model-log", "tombstone");
        Gateway.Answer state = ask("GET /v1/users/ann/erasure");
        assertThat(state.body().at("/steps/rowsGone/done").asBoolean()).isTrue();
        assertThat(state.body().at("/steps/taken/done").asBoolean()).isFalse();
        assertThat(state.body().path("complete").asBoolean()).isFalse();
        Gateway.Answer empty = ask("GET /v1/users/ann/export");
        assertThat(empty.body().path("interactions")).isEmpty();
        assertThat(empty.at("/profiles/0/erasure/erasureId")).isEqualTo("erasure-1");
    }

    @Test
    void aRepeatedErasureAddsNothingToTheStreamAndSaysWhenItMayBeginAgain() {
        known("ann");
        ask("DELETE /v1/users/ann");
        clock.advance(Duration.ofMillis(14_500));

        Gateway.Answer again = ask("DELETE /v1/users/ann");

        again.assertProblem(429, "erasure-too-soon");
        assertThat(again.headers()).containsEntry("Retry-After", "46");
        assertThat(events.records()).hasSize(1);
        clock.advance(Duration.ofSeconds(46));
        assertThat(ask("DELETE /v1/users/ann").status()).isEqualTo(200);
        assertThat(events.records()).hasSize(2);
    }

    @Test
    void anErasureThatIsInForceIsAnsweredWithItsReceipt() {
        known("ann");
        ask("DELETE /v1/users/ann");
        UserProfile erased = users.get("ann");
        Tombstone tombstone = Objects.requireNonNull(erased.tombstone());
        users.put(
                erased.withTombstone(
                        tombstone.appliedAt(
                                new ShardPosition("events/shardId-000000000000", BigInteger.TWO))));
        clock.advance(Duration.ofSeconds(5));

        Gateway.Answer again = ask("DELETE /v1/users/ann");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.at("/erasureId")).isEqualTo("erasure-1");
        assertThat(again.at("/erasedAt")).isEqualTo(NOW.toString());
        assertThat(again.body().path("erasuresInStream").asInt(-1)).isZero();
        assertThat(events.records()).hasSize(1);
    }

    @Test
    void aPartThatWasNeverGivenAndAnIdThatIsNoneAreRefused() {
        assertThat(ask("GET /v1/users/ann/export?next=nonsense").code()).isEqualTo("unknown-part");
        assertThat(ask("GET /v1/users/a%0Ab/export").status()).isEqualTo(400);
        assertThat(ask("DELETE /v1/users/" + "x".repeat(129)).status()).isEqualTo(400);
        for (String id : List.of("%61lias", ".", "..", "%20")) {
            assertThat(ask("DELETE /v1/users/" + id).code()).as(id).isEqualTo("bad-user-id");
        }
        assertThat(ask("DELETE /v1/users/jos%E8").code()).isEqualTo("bad-path-parameter");
        assertThat(events.records()).isEmpty();
    }

    @Test
    void whereIdsAreReplacedTheAnswerStillCarriesTheIdAsAsked() {
        IdMask mask = new IdMask(signer, "anon-");
        known(mask.apply("ann"));

        Gateway.Answer answer = gateway(mask).ask("GET /v1/users/ann/export");

        assertThat(answer.at("/userId")).isEqualTo("ann");
        assertThat(answer.body().path("interactions")).hasSize(1);
        assertThat(ask("GET /v1/users/ann/export").body().path("interactions")).isEmpty();
    }

    @Test
    void requestsOfManyThreadsGetTheAnswersThatTheyGetAlone() throws Exception {
        int requests = 10 * AtOnce.THREADS;
        for (int user = 0; user < requests / 5; user++) {
            known("user-" + user);
        }
        Gateway gateway = gateway(UnaryOperator.identity());
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
