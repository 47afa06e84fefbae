package dev.freshet.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.client.ApiResponse;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with credentials of one user about another user. */
class OtherUserTest extends AccessAttempts {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/users/%s",
                "/v1/trending?userId=%s",
                "/v1/items/x/similar?userId=%s",
                "/v1/trending?userId=%s&userId=own",
                "/v1/trending?userId=own&userId=%s"
            })
    void aUserTokenReadsNothingOfAnotherUser(String path) {
        String token = scene().token("own", LASTING);

        assertRefused(get(token, path.formatted("another")), 403, "not-your-user");
    }

    @Test
    void aUserTokenNeitherReadsNorWritesForAnotherUser() {
        String token = scene().token("own", LASTING);

        assertRefused(
                post(token, "/v1/recommendations", json("{\"userId\":\"other\"}")),
                403,
                "not-your-user");
        assertRefused(
                put(token, "/v1/users/other", json("{\"consent\":{\"personalisation\":true}}")),
                403,
                "not-your-user");
        assertRefused(
                post(
                        token,
                        "/v1/users/alias",
                        json(
                                "{\"anonymousId\":\"%s\",\"userId\":\"other\"}"
                                        .formatted(fresh("anon")))),
                403,
                "not-your-user");
    }

    @Test
    void anAnonymousIdThatCouldBeGuessedIsNobodysToName() {
        assertRefused(
                post(
                        scene().publishable,
                        "/v1/recommendations",
                        json("{\"anonymousId\":\"anon-1\"}")),
                403,
                "not-your-anonymous-id");
        assertRefused(
                get(scene().publishable, "/v1/trending?anonymousId=anon-1"),
                403,
                "not-your-anonymous-id");
        assertRefused(
                post(
                        scene().token("own", LASTING),
                        "/v1/users/alias",
                        json("{\"anonymousId\":\"anon-1\",\"userId\":\"own\"}")),
                403,
                "not-your-anonymous-id");
    }

    @Test
    void aUserTokenChangesItsConsentAndNothingElseOfTheProfile() {
        String user = fresh("user");
        String token = scene().token(user, LASTING);

        ApiResponse attributes =
                put(token, "/v1/users/" + user, json("{\"attributes\":{\"tier\":\"gold\"}}"));

        assertThat(attributes.status()).isEqualTo(403);
        assertNothingElse(attributes.body());
        assertThat(
                        put(
                                        token,
                                        "/v1/users/" + user,
                                        json(
                                                "{\"consent\":{\"personalisation\":false,\"analytics\":false}}"))
                                .status())
                .isEqualTo(200);
        assertThat(get(scene().secret, "/v1/users/" + user).body().toString())
                .doesNotContain("gold");
    }

    @Test
    void oneForeignEventRefusesTheWholeRequestAndNothingIsStored() throws Exception {
        String user = fresh("user");
        String anonymous = fresh("anon");
        String both =
                "{\"events\":["
                        + event("anonymousId", anonymous)
                        + ","
                        + event("userId", user)
                        + "]}";

        assertRefused(
                post(scene().publishable, "/v1/events", json(both)), 403, "not-your-anonymous-id");
        assertRefused(
                post(scene().token("own", LASTING), "/v1/events", json(both)),
                403,
                "not-your-user");

        assertThat(reflected("userId", user)).as("only the one sent by the server").isEqualTo(1);
        assertThat(reflected("anonymousId", anonymous)).isEqualTo(1);
    }

    /**
     * Sends one event with the server's key, and returns how many events the next answer reflects.
     */
    private int reflected(String kind, String id) throws InterruptedException {
        post(scene().secret, "/v1/events", json("{\"events\":[" + event(kind, id) + "]}"));
        for (int i = 0; i < 400; i++) {
            int known =
                    post(
                                    scene().secret,
                                    "/v1/recommendations",
                                    json("{\"%s\":\"%s\"}".formatted(kind, id)))
                            .body()
                            .at("/reflects/events")
                            .asInt();
            if (known > 0) {
                return known;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the event was not reflected");
    }

    private static String event(String kind, String id) {
        return """
        {"eventId":"%s","type":"click","%s":"%s","itemId":"x","occurredAt":"%s"}"""
                .formatted(UUID.randomUUID(), kind, id, Instant.now());
    }
}
