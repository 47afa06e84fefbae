package dev.freshet.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.access.AccessKey.KeyKind;
import dev.freshet.access.AccessKey.Origin;
import dev.freshet.access.Operations.Operation;
import dev.freshet.access.Operations.Permission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
    private static final String RANDOM = "0123456789abcdefghijkl";
    private static final String ID = "abcdefghijk0";
    private static final Origin SHOP = new Origin("https://shop.example");
    private static final Instant END = Instant.parse("2026-11-25T17:00:00Z");

    private final Caller.Publishable page = new Caller.Publishable(ID, List.of(SHOP));
    private final Caller user = new Caller.User("ann", ID, END);
    private final Caller server = new Caller.Secret(ID);
    private final Caller dashboard = new Caller.Insights(ID);
    private final Caller analyst = new Caller.Experiments(ID, "ann");
    private final Caller signed = new Caller.Signed("arn:aws:iam::111122223333:role/batch");

    @Test
    void aCallerComesBackFromItsContext() {
        for (Caller caller :
                List.of(
                        page,
                        user,
                        server,
                        dashboard,
                        analyst,
                        new Caller.Publishable(ID, List.of()))) {
            assertThat(Caller.of(caller.toContext())).contains(caller);
        }
    }

    @Test
    void noContextOfAnAuthorizerMakesACallerSignedWithIam() {
        assertThat(Caller.of(signed.toContext())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "root", "user-tokens", "publishable", "experiments"})
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

    private List<Caller> those(Predicate<Caller> may) {
        return Stream.of(page, user, server, dashboard, analyst, signed).filter(may).toList();
    }

    @Test
    void aUserActionsForItselfAndAPageForNoUser() {
        assertThat(those(caller -> caller.mayActFor("ann"))).containsExactly(user, server, signed);
        assertThat(those(caller -> caller.mayActFor("Ann"))).containsExactly(server, signed);
        assertThat(those(caller -> caller.mayActFor("bob"))).containsExactly(server, signed);
    }

    private List<Caller> forAnonymous(String id) {
        return those(caller -> caller.mayActForAnonymous(id, "anon-"));
    }

    @Test
    void nobodyPassesAUserOffAsAnAnonymousUser() {
        assertThat(forAnonymous("anon-" + RANDOM)).containsExactly(page, user, server, signed);
        assertThat(forAnonymous("bob-" + RANDOM)).containsExactly(server, signed);
        assertThat(forAnonymous("bob")).containsExactly(server, signed);
    }

    @Test
    void anAnonymousIdIsTooLongToBeGuessed() {
        assertThat(forAnonymous("anon-" + RANDOM.substring(1))).containsExactly(server, signed);
        assertThat(forAnonymous("anon-1")).containsExactly(server, signed);
    }

    @Test
    void anOperationThatIsNotListedIsNobodysButIams() {
        assertThat(those(caller -> Operations.allow(caller, "GET", "/v1/secrets")))
                .containsExactly(signed);
    }

    @Test
    void aPageMayNotTouchTheCatalogueOrUsers() {
        assertThat(Operations.of(KeyKind.PUBLISHABLE))
                .extracting(Operation::toString)
                .containsExactlyInAnyOrder(
                        "POST /v1/events",
                        "GET /v1/event-types",
                        "POST /v1/recommendations",
                        "POST /v1/rank",
                        "GET /v1/items/{id}/similar",
                        "GET /v1/lists/{list}",
                        "GET /v1/trending");
    }

    @Test
    void aDashboardReadsInsightsAndActsForNobody() {
        assertThat(Operations.of(KeyKind.INSIGHTS))
                .isNotEmpty()
                .allMatch(operation -> operation.method().equals("GET"))
                .allMatch(
                        operation ->
                                operation.path().startsWith("/v1/insights/")
                                        || operation.path().equals("/v1/segments"));
        assertThat(dashboard.trusted()).isFalse();
    }

    @Test
    void anAnalystReadsInsightsAndChangesExperimentsAndActsForNobody() {
        List<Operation> more = new ArrayList<>(Operations.of(KeyKind.EXPERIMENTS));
        more.removeAll(Operations.of(KeyKind.INSIGHTS));

        assertThat(more)
                .extracting(Operation::toString)
                .containsExactly(
                        "GET /v1/experiments",
                        "PUT /v1/experiments/{id}",
                        "GET /v1/experiments/{id}",
                        "GET /v1/experiments/{id}/results");
        assertThat(Operations.of(KeyKind.EXPERIMENTS)).containsAll(Operations.of(KeyKind.INSIGHTS));
        assertThat(analyst.trusted()).isFalse();
        assertThat(analyst.text()).isEqualTo(ID + " ann");
    }

    @Test
    void eachPermissionAdmitsTheKindsThatItNamesAndThoseThatMayDoMore() {
        assertThat(kinds(Permission.PAGES))
                .containsExactly(KeyKind.PUBLISHABLE, KeyKind.SECRET, KeyKind.USER_TOKENS);
        assertThat(kinds(Permission.INSIGHTS))
                .containsExactly(KeyKind.SECRET, KeyKind.INSIGHTS, KeyKind.EXPERIMENTS);
        assertThat(kinds(Permission.EXPERIMENTS))
                .containsExactly(KeyKind.SECRET, KeyKind.EXPERIMENTS);
        assertThat(kinds(Permission.USERS)).containsExactly(KeyKind.SECRET, KeyKind.USER_TOKENS);
        assertThat(kinds(Permission.SERVERS)).containsExactly(KeyKind.SECRET);
    }

    private static List<KeyKind> kinds(Permission permission) {
        return Arrays.stream(KeyKind.values()).filter(permission::admits).toList();
    }

    @Test
    void aPermissionThatThereIsNotIsRefusedByItsName() {
        assertThat(Permission.of("users")).isEqualTo(Permission.USERS);
        assertThatThrownBy(() -> Permission.of("user")).hasMessageContaining("user");
    }

    @Test
    void anOperationIsFoundByItsRoute() {
        assertThat(Operations.ALL)
                .isNotEmpty()
                .allMatch(
                        operation ->
                                Operations.find(operation.method(), operation.path())
                                        .equals(Optional.of(operation)));
        assertThat(Operations.ALL).extracting(Operation::id).doesNotHaveDuplicates();
        assertThat(Operations.of(KeyKind.SECRET)).isEqualTo(Operations.ALL);
        assertThat(Operations.find("POST", "/v1/trending")).isEmpty();
    }
}
