package dev.freshet.functions;

import static dev.freshet.functions.PrivateStores.act;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.EventType;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserInteractionsApiTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final PrivateStores stores = new PrivateStores(NOW);
    private final Gateway gateway = stores.gateway();

    private Gateway.Answer ask(String id, String query) {
        return gateway.ask("GET /v1/users/" + id + "/interactions" + query);
    }

    private Gateway.Answer ask(String id) {
        return ask(id, "");
    }

    private void did(String id, String eventId, int minutesAgo) {
        Instant at = NOW.minus(Duration.ofMinutes(minutesAgo));
        stores.did(id, eventId, at, act(EventType.RATING, 4.5), null, Map.of());
    }

    private static List<String> events(Gateway.Answer answer) {
        return answer.body().path("interactions").findValuesAsText("eventId");
    }

    @Test
    void interactionsOfAUserAndOfAliasesComeNewestFirstPageByPage() {
        stores.users.put(UserProfile.absent("ann").withAliases(List.of("anon-1", "anon-2")));
        for (int i = 0; i < 9; i++) {
            did(List.of("ann", "anon-1", "anon-2").get(i % 3), "e" + i, 60 - i);
        }
        did("bob", "of-bob", 1);

        Gateway.Answer page = ask("ann", "?count=4");
        List<String> all = new ArrayList<>(events(page));
        while (page.body().has("next")) {
            page = ask("ann", "?count=4&after=" + page.at("/next"));
            all.addAll(events(page));
        }

        assertThat(all).containsExactly("e8", "e7", "e6", "e5", "e4", "e3", "e2", "e1", "e0");
    }

    @Test
    void aRowSaysWhatIsStoredOfTheEvent() {
        did("ann", "e1", 1);

        assertThat(ask("ann").body().path("interactions"))
                .hasToString(
                        "[{\"eventId\":\"e1\",\"type\":\"rating\",\"itemId\":\"tea\",\"target\":{\"kind\":\"item\",\"id\":\"tea\"},"
                                + "\"occurredAt\":\"2026-11-26T11:59:00Z\",\"receivedAt\":\"2026-11-26T11:59:00Z\",\"strength\":2.5,\"value\":4.5}]");
    }

    @Test
    void aRowHasTheOwnersNameOfItsTypeAndThePropertiesThatAreKept() {
        stores.users.put(UserProfile.absent("ann"));
        Map<String, String> kept = Map.of("size", "M", "colour", "red");
        stores.did("ann", "e1", NOW, act(EventType.OWN_3, 0), null, kept);

        ask("ann")
                .assertHas(
                        "/interactions/0/properties = {\"colour\":\"red\",\"size\":\"M\"}",
                        "/interactions/0/type = try-on");
    }

    @Test
    void aUserOfWhomNothingIsKnownHasNone() {
        assertThat(ask("nobody").body()).hasToString("{\"userId\":\"nobody\",\"interactions\":[]}");
        assertThat(ask("alias").code()).isEqualTo("bad-user-id");
    }

    @Test
    void rowsFromBeforeAnErasureAreLeftOut() {
        did("ann", "before", 30);
        did("ann", "after", 10);
        stores.users.put(
                UserProfile.absent("ann")
                        .erased(
                                new Tombstone(
                                        "erasure-1",
                                        NOW.minus(Duration.ofMinutes(20)),
                                        List.of(),
                                        null)));

        assertThat(events(ask("ann"))).containsExactly("after");
    }

    @Test
    void idsThatAreReplacedAreLookedUpByWhatIsStoredAndAnsweredAsAsked() {
        did("masked-ann", "e1", 1);

        Gateway.Answer answer =
                new Gateway(stores.handler(id -> "masked-" + id))
                        .ask("GET /v1/users/ann/interactions");

        assertThat(events(answer)).containsExactly("e1");
        assertThat(answer.body().toString()).doesNotContain("masked");
    }

    @Test
    void aCursorOfAnotherUserIsRefused() {
        did("ann", "e1", 2);
        did("ann", "e2", 1);
        did("bob", "e3", 1);
        String cursor = ask("ann", "?count=1").at("/next");

        assertThat(events(ask("ann", "?after=" + cursor))).containsExactly("e1");
        assertThat(ask("bob", "?after=" + cursor).code()).isEqualTo("bad-cursor");
        assertThat(ask("ann", "?after=" + cursor + "x").code()).isEqualTo("bad-cursor");
        assertThat(ask("ann", "?count=0").code()).isEqualTo("count-out-of-range");
    }
}
