package dev.freshet.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.api.ApiResponse;
import dev.freshet.local.TestCloud;
import dev.freshet.testkit.Bodies;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with credentials of one user about another user. */
class OtherUserTest extends AccessAttempts {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/users/%s", "/v1/trending?userId=%s",
                "/v1/items/x/similar?userId=%s", "/v1/trending?userId=%s&userId=own",
                "/v1/trending?userId=own&userId=%s"
            })
    void aUserTokenReadsNothingOfAnotherUser(String path) {
        String token = scene().token("own", LASTING);

        assertRefused(get(token, path.formatted("another")), 403, "not-your-user");
    }

    @Test
    void aUserTokenNeitherReadsNorWritesForAnotherUser() {
        String token = scene().token("own", LASTING);

        String alias = "{\"anonymousId\":\"%s\",\"userId\":\"other\"}".formatted(fresh("anon"));
        for (ApiResponse answer :
                List.of(
                        post(token, "/v1/recommendations", "{\"userId\":\"other\"}"),
                        put(token, "/v1/users/other", "{\"consent\":{\"personalisation\":true}}"),
                        post(token, "/v1/users/alias", alias))) {
            assertRefused(answer, 403, "not-your-user");
        }
    }

    @Test
    void anAnonymousIdThatCouldBeGuessedIsNobodysToName() {
        String page = scene().publishable;
        String alias = "{\"anonymousId\":\"anon-1\",\"userId\":\"own\"}";
        for (ApiResponse answer :
                List.of(
                        post(page, "/v1/recommendations", "{\"anonymousId\":\"anon-1\"}"),
                        get(page, "/v1/trending?anonymousId=anon-1"),
                        post(scene().token("own", LASTING), "/v1/users/alias", alias))) {
            assertRefused(answer, 403, "not-your-anonymous-id");
        }
    }

    @Test
    void aUserTokenChangesItsConsentAndNothingElseOfTheProfile() {
        String user = fresh("user");
        String token = scene().token(user, LASTING);
        String path = "/v1/users/" + user;
        ApiResponse attributes = put(token, path, "{\"attributes\":{\"tier\":\"gold\"}}");

        assertThat(attributes.status()).isEqualTo(403);
        assertNothingElse(attributes.body());
        String consent = "{\"consent\":{\"personalisation\":false,\"analytics\":false}}";
        assertThat(put(token, path, consent).status()).isEqualTo(200);
        assertThat(get(scene().secret, path).body().toString()).doesNotContain("gold");
    }

    @Test
    void oneForeignEventRefusesTheWholeRequestAndNothingIsStored() throws Exception {
        String user = fresh("user");
        String anonymous = fresh("anon");
        String both = Bodies.of(event("anonymousId", anonymous), event("userId", user));
        assertRefused(post(scene().publishable, "/v1/events", both), 403, "not-your-anonymous-id");
        ApiResponse byToken = post(scene().token("own", LASTING), "/v1/events", both);
        assertRefused(byToken, 403, "not-your-user");

        assertThat(reflected("userId", user)).as("only the one sent by the server").isEqualTo(1);
        assertThat(reflected("anonymousId", anonymous)).isEqualTo(1);
    }

    /**
     * Sends one event with the server's key, and returns how many events the next answer reflects.
     */
    private int reflected(String kind, String id) throws InterruptedException {
        post(scene().secret, "/v1/events", Bodies.of(event(kind, id)));
        String request = "{\"%s\":\"%s\"}".formatted(kind, id);
        AtomicInteger known = new AtomicInteger();
        TestCloud.await(
                () -> {
                    ApiResponse answer = post(scene().secret, "/v1/recommendations", request);
                    known.set(answer.body().at("/reflects/events").asInt());
                    return known.get() > 0;
                });
        return known.get();
    }

    private static String event(String kind, String id) {
        return """
        {"eventId":"%s","type":"click","%s":"%s","itemId":"x","occurredAt":"%s"}"""
                .formatted(UUID.randomUUID(), kind, id, Instant.now());
    }
}
