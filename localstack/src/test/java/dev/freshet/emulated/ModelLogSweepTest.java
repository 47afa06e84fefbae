package dev.freshet.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.Settings;
import dev.freshet.aws.dynamodb.DynamodbModelLog;
import dev.freshet.aws.s3.S3ObjectStore;
import dev.freshet.model.HighWaterMarks;
import dev.freshet.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

class ModelLogSweepTest {
    private static final int VERSIONS = 40;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-25T12:00:00Z"));
    private final AtomicInteger rowsRead = new AtomicInteger();

    /** Rows expire at once, and DynamoDB deletes them within days; the emulator never does. */
    @Test
    void rowsThatHaveExpiredAndAreNotYetDeletedAreNotReadOneByOne() {
        try (DynamoDbClient dynamoDb = counted()) {
            DynamodbModelLog log =
                    new DynamodbModelLog(
                            DynamoDbEnhancedClient.builder().dynamoDbClient(dynamoDb).build(),
                            EmulatedAws.MODELS,
                            S3ObjectStore.ofModels(
                                    EmulatedAws.clients().s3(), EmulatedAws.MODEL_BUCKET),
                            "swept",
                            clock);
            for (long version = 1; version <= VERSIONS; version++) {
                log.append(version, new byte[] {1}, HighWaterMarks.NONE, "", clock.instant());
            }
            log.putSnapshot(VERSIONS, new byte[] {2}, clock.instant(), clock.instant());
            clock.advance(Duration.ofDays(1));
            rowsRead.set(0);

            assertThat(log.sweep()).isEqualTo(VERSIONS - 1);
            assertThat(rowsRead.get()).isBetween(1, 10);
        }
    }

    private DynamoDbClient counted() {
        Settings settings = EmulatedAws.settings();
        EmulatedAws.clients();
        return DynamoDbClient.builder()
                .endpointOverride(settings.endpoint(Settings.Service.DYNAMODB).orElseThrow())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("local", "local")))
                .overrideConfiguration(c -> c.addExecutionInterceptor(new Rows()))
                .build();
    }

    /** Counts the rows that are read. */
    private final class Rows implements ExecutionInterceptor {
        @Override
        public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
            switch (context.response()) {
                case QueryResponse query -> rowsRead.addAndGet(query.scannedCount());
                case GetItemResponse _ -> rowsRead.incrementAndGet();
                default -> {}
            }
        }
    }
}
