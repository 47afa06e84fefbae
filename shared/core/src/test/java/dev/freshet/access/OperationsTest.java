package dev.freshet.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.Operations.Operation;
import dev.freshet.json.Identifier;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private static final String USERS = "/v1/users/";

    @Test
    void noUserHasTheNameOfARouteBesideTheUsers() {
        assertThat(Operations.ALL)
                .extracting(Operation::path)
                .filteredOn(path -> path.startsWith(USERS) && !path.startsWith(USERS + "{id}"))
                .isNotEmpty()
                .extracting(path -> path.substring(USERS.length()))
                .noneMatch(Identifier.USER::accepts);
    }

    @Test
    void noRouteStandsBesideTheItems() {
        assertThat(Operations.ALL)
                .extracting(Operation::path)
                .filteredOn(path -> path.startsWith("/v1/items/"))
                .allMatch(path -> path.startsWith("/v1/items/{id}"));
    }
}
