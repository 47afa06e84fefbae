package dev.freshet.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
    private static final String ID = "abcdefghijk0";
    private static final Origin SHOP = new Origin("https://shop.example");
    private static final Instant END = Instant.parse("2026-11-25T17:00:00Z");

    private final Caller.Publishable page = new Caller.Publishable(ID, List.of(SHOP));
    private final Caller user = new Caller.User("ann", ID, END);
    private final Caller server = new Caller.Secret(ID);
    private final Caller signed = new Caller.Signed("arn:aws:iam::111122223333:role/batch");

    @Test
    void aCallerComesBackFromItsContext() {
        for (Caller caller : List.of(page, user, server, new Caller.Publishable(ID, List.of()))) {
            assertThat(Caller.of(caller.toContext())).contains(caller);
        }
    }

    @Test
    void noContextOfAnAuthorizerMakesACallerSignedWithIam() {
        assertThat(Caller.of(signed.toContext())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "root", "user-tokens", "publishable"})
    void aContextThatLacksSomethingMakesNoCaller(String kind) {
        assertThat(Caller.of(Map.of("kind", kind, "keyId", ID))).isEmpty();
    }

    @Test
    void anOriginThatCannotBeReadDoesNotOpenAKeyToAll() {
        assertThat(Caller.of(Map.of("kind", "publishable", "keyId", ID, "origins", "nonsense")))
                .isEmpty();
    }

    @Test
    void aPageComesFromItsOriginsOnly() {
        assertThat(page.mayComeFrom(Optional.of("https://shop.example"))).isTrue();
        assertThat(page.mayComeFrom(Optional.of("https://shop.example.evil"))).isFalse();
        assertThat(page.mayComeFrom(Optional.of("null"))).isFalse();
        assertThat(page.mayComeFrom(Optional.empty())).isFalse();
        assertThat(new Caller.Publishable(ID, List.of()).mayComeFrom(Optional.empty())).isTrue();
    }

    @Test
    void aUserActionsForItselfAndAPageForNoUser() {
        assertThat(user.mayActFor("ann")).isTrue();
        assertThat(user.mayActFor("Ann")).isFalse();
        assertThat(user.mayActFor("bob")).isFalse();
        assertThat(page.mayActFor("ann")).isFalse();
        assertThat(server.mayActFor("bob")).isTrue();
        assertThat(signed.mayActFor("bob")).isTrue();
    }

    @Test
    void nobodyPassesAUserOffAsAnAnonymousUser() {
        assertThat(page.mayActForAnonymous("anon-1", "anon-")).isTrue();
        assertThat(page.mayActForAnonymous("bob", "anon-")).isFalse();
        assertThat(user.mayActForAnonymous("bob", "anon-")).isFalse();
        assertThat(server.mayActForAnonymous("bob", "anon-")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whatAKindMayIsPartOfAll(KeyKind kind) {
        assertThat(Permissions.ALL).containsAll(Permissions.of(kind)).doesNotHaveDuplicates();
    }

    @Test
    void anOperationThatIsNotListedIsNobodysButIams() {
        Operation other = new Operation("GET", "/v1/secrets");

        assertThat(Permissions.allow(page, other)).isFalse();
        assertThat(Permissions.allow(user, other)).isFalse();
        assertThat(Permissions.allow(server, other)).isFalse();
        assertThat(Permissions.allow(signed, other)).isTrue();
    }

    @Test
    void aPageMayNotTouchTheCatalogueOrUsers() {
        assertThat(Permissions.of(KeyKind.PUBLISHABLE))
                .extracting(Operation::toString)
                .containsExactlyInAnyOrder(
                        "POST /v1/events",
                        "POST /v1/recommendations",
                        "GET /v1/items/{id}/similar",
                        "GET /v1/trending");
    }
}
