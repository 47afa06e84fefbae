package dev.freshet.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.FakeService;
import dev.freshet.aws.FakeService.Answer;
import dev.freshet.catalog.Item;
import dev.freshet.profile.UserProfile;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.store.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {
    private static final String UNPROCESSED =
            "{\"Responses\":{},\"UnprocessedKeys\":{\"t\":{\"Keys\":[{\"userId\":{\"S\":\"u\"}}]}}}";

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-24T23:41:07Z"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ProvisionedThroughputExceededException", "ThrottlingException",
                "ResourceNotFoundException", "AccessDeniedException",
                "InternalServerError"
            })
    void whatMayPassIsUnavailableAndTriedOftenEnough(String type) {
        int status = type.equals("InternalServerError") ? 500 : 400;
        try (FakeService service = new FakeService(request -> Answer.error(status, type))) {
            DynamodbUsers users = users(service);
            assertThatThrownBy(() -> users.put(UserProfile.absent("u")))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("Users table");
            assertThat(service.requests()).hasSizeBetween(1, 3);
        }
    }

    @Test
    void anInvalidRequestIsTheCallersMistake() {
        Answer invalid = Answer.error(400, "ValidationException");
        try (FakeService service = new FakeService(request -> invalid)) {
            var catalog =
                    new DynamodbCatalog(
                            service.clients().enhancedDynamoDb(),
                            "t",
                            RetentionPolicy.DEFAULT,
                            clock);
            assertThatThrownBy(() -> catalog.put(Item.tombstone("i", 1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void aBatchThatIsNeverFinishedIsGivenUp() {
        try (FakeService service = new FakeService(request -> Answer.ok(UNPROCESSED))) {
            DynamodbUsers users = users(service);
            assertThatThrownBy(() -> users.getAll(Set.of("u")))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("unprocessed");
            assertThat(service.requests()).hasSizeBetween(10, 11);
        }
    }

    @Test
    void keysLeftUnprocessedAreAskedForAgain() {
        String second =
                "{\"Responses\":{\"t\":[{\"userId\":{\"S\":\"u\"},\"revision\":{\"N\":\"4\"},"
                        + "\"expiresAt\":{\"N\":\"99999999999\"}}]},\"UnprocessedKeys\":{}}";
        int[] calls = {0};
        try (FakeService service =
                new FakeService(request -> Answer.ok(calls[0]++ == 0 ? UNPROCESSED : second))) {
            assertThat(users(service).getAll(Set.of("u")))
                    .containsEntry("u", UserProfile.absent("u").withRevision(4));
        }
    }

    private DynamodbUsers users(FakeService service) {
        return new DynamodbUsers(
                service.clients().enhancedDynamoDb(), "t", RetentionPolicy.DEFAULT, clock);
    }
}
