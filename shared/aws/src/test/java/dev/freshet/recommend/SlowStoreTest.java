package dev.freshet.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.FakeService;
import dev.freshet.aws.FakeService.Answer;
import dev.freshet.aws.dynamodb.DynamodbInteractions;
import dev.freshet.aws.dynamodb.DynamodbUsers;
import dev.freshet.event.UserIdentity;
import dev.freshet.store.RetentionPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hydration over the real clients of a table that accepts requests and does not answer. */
class SlowStoreTest {
    private static final Hydrator.Budget BUDGET =
            new Hydrator.Budget(Duration.ofMillis(20), Duration.ofMillis(20));

    private final CountDownLatch awake = new CountDownLatch(1);
    private final FakeService table =
            new FakeService(
                    request -> {
                        try {
                            awake.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return Answer.ok("{\"Items\":[],\"Count\":0,\"ScannedCount\":0}");
                    });
    private final InstantSource clock = InstantSource.system();

    @Test
    @Timeout(120)
    void eachAnswerComesWithoutTheStoreAndNamesWhatIsMissingUntilTheStoreAnswersAgain()
            throws InterruptedException {
        try (var clients = table.clients();
                table) {
            Hydrator hydrator =
                    new Hydrator(
                            new DynamodbInteractions(
                                    clients, "rows", RetentionPolicy.DEFAULT, clock),
                            new DynamodbUsers(
                                    clients.enhancedDynamoDb(),
                                    "users",
                                    RetentionPolicy.DEFAULT,
                                    clock),
                            BUDGET,
                            clock);
            for (int i = 0; i < 3 * Hydrator.MAX_READS / 2; i++) {
                HydratedUser user = hydrator.begin(UserIdentity.user("user-" + i)).await();
                // "unavailable" would mean that the answer waited until the client gave up
                assertThat(user.missing())
                        .hasSize(2)
                        .allMatch(reason -> reason.endsWith("-late") || reason.endsWith("-busy"));
            }

            awake.countDown();

            while (!hydrator.begin(UserIdentity.user("later")).await().missing().isEmpty()) {
                Thread.sleep(5);
            }
        }
    }
}
