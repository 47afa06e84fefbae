package dev.freshet.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.FakeService;
import dev.freshet.aws.FakeService.Answer;
import dev.freshet.aws.dynamodb.DynamodbInteractions;
import dev.freshet.aws.dynamodb.DynamodbUsers;
import dev.freshet.event.UserIdentity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Tests serving with the real clients of a table that accepts requests and never responds. */
class SlowStoreTest {
    /** A time below that after which the client gives up, three attempts of 3 s each. */
    private static final Duration LONG_BEFORE_THE_CLIENT_GIVES_UP = Duration.ofSeconds(2);

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
    void eachAnswerComesWithinTheBudgetAndSaysWhatIsMissingUntilTheStoreAnswersAgain()
            throws InterruptedException {
        try (var clients = table.clients();
                table) {
            Hydrator hydrator =
                    new Hydrator(
                            new DynamodbInteractions(clients.enhancedDynamoDb(), "rows", clock),
                            new DynamodbUsers(clients.enhancedDynamoDb(), "users", clock),
                            BUDGET);
            List<Duration> took = new ArrayList<>();
            for (int i = 0; i < 3 * Hydrator.MAX_READS / 2; i++) {
                long start = System.nanoTime();
                HydratedUser user = hydrator.begin(UserIdentity.user("reader-" + i)).await();
                took.add(Duration.ofNanos(System.nanoTime() - start));
                assertThat(user.missing()).hasSize(2);
            }
            assertThat(took).allMatch(time -> time.compareTo(LONG_BEFORE_THE_CLIENT_GIVES_UP) < 0);
            assertThat(hydrator.readsUnderWay()).isLessThanOrEqualTo(Hydrator.MAX_READS);

            awake.countDown();

            while (!hydrator.begin(UserIdentity.user("later")).await().missing().isEmpty()) {
                Thread.sleep(5);
            }
            while (hydrator.readsUnderWay() > 0) {
                Thread.sleep(5);
            }
        }
    }
}
