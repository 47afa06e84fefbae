package dev.freshet.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.FakeService;
import dev.freshet.aws.FakeService.Answer;
import dev.freshet.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JointInsertsTest {
    private static final String EACH_ITS_OWN =
            """
            {"Responses":[{},{"Error":{"Code":"DuplicateItem"}},{"Error":{"Code":"ThrottlingError"}}]}\
            """;

    private record Row(String userId) {}

    private final List<String> operations = new CopyOnWriteArrayList<>();
    private final Set<String> putAlone = new ConcurrentSkipListSet<>();

    @ParameterizedTest
    @CsvSource({
        "200, '', true, false, true, u3",
        "400, ValidationException, true, true, true, u1 u2 u3",
        "400, ResourceNotFoundException, down, down, down, ''"
    })
    void rowsThatWaitForARequestGoTogetherInTheNextAndEachHasItsOwnOutcome(
            int status, String error, String first, String second, String third, String alone)
            throws Exception {
        Answer answer = error.isEmpty() ? Answer.ok(EACH_ITS_OWN) : Answer.error(status, error);
        CountDownLatch othersWait = new CountDownLatch(1);
        try (FakeService service =
                new FakeService(
                        (operation, request) -> {
                            operations.add(operation);
                            putAlone.add(request.at("/Item/userId/S").asText());
                            awaitQuietly(othersWait);
                            return operation.equals("PutItem") ? Answer.ok("{}") : answer;
                        })) {
            var clients = service.clients();
            var inserts =
                    new JointInserts<>(
                            clients.dynamoDb(),
                            Rows.of(
                                    clients.enhancedDynamoDb(),
                                    "t",
                                    RowSchema.of(Row.class, TableKeys.USER_ID),
                                    "The table"),
                            Conditions.absent(TableKeys.USER_ID));
            FutureTask<String> one = put(inserts, "u0");
            awaitThat(() -> operations.contains("PutItem"));
            List<FutureTask<String>> others = new ArrayList<>();
            for (String user : List.of("u1", "u2", "u3")) {
                others.add(put(inserts, user));
            }
            othersWait.countDown();
            assertThat(one.get()).isEqualTo("true");
            List<String> outcomes = new ArrayList<>();
            for (FutureTask<String> other : others) {
                outcomes.add(other.get());
            }
            assertThat(outcomes).containsExactly(first, second, third);
            assertThat(operations).containsOnlyOnce("BatchExecuteStatement");
            putAlone.removeAll(Set.of("", "u0"));
            assertThat(String.join(" ", putAlone)).isEqualTo(alone);
        }
    }

    /** Puts a row on a thread that waits for the outcome when this method returns. */
    private static FutureTask<String> put(JointInserts<Row> inserts, String user)
            throws InterruptedException {
        FutureTask<String> outcome =
                new FutureTask<>(
                        () -> {
                            try {
                                return String.valueOf(inserts.put(new Row(user)));
                            } catch (StoreUnavailableException down) {
                                return "down";
                            }
                        });
        Thread thread = Thread.ofPlatform().start(outcome);
        awaitThat(() -> thread.getState() == Thread.State.WAITING);
        return outcome;
    }

    private static void awaitThat(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
