package dev.freshet.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.Clients;
import dev.freshet.local.MiniStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * Speed and memory of the emulators of the local cloud or, in the profile {@code emulators}, of
 * MiniStack, printed for docs/decisions/ministack-for-tests-alone.md. The clients are those of the
 * product; the load is four threads.
 */
@EnabledIfSystemProperty(
        named = "freshet.figures",
        matches = "true",
        disabledReason = "measures; asserts only that nothing fails")
class EmulatorFiguresTest {
    private static final int THREADS = 4;
    private static final int CALLS = 4_000;
    private static final int RECORDS = 100;
    private static final String TABLE = "figures";

    @Test
    void speedAndMemoryOfTheStores() throws Exception {
        long begun = System.nanoTime();
        Clients clients = EmulatedAws.clients();
        print("up with the product's tables, streams and buckets, s", seconds(begun));
        print("resident before the load, MB", residentMb());
        DynamoDbClient tables = clients.dynamoDb();
        tables.createTable(
                r ->
                        r.tableName(TABLE)
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .attributeDefinitions(attribute("pk"), attribute("sk"))
                                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
        tables.waiter().waitUntilTableExists(r -> r.tableName(TABLE));

        rate("puts of 1 KB", i -> tables.putItem(r -> r.tableName(TABLE).item(item(i))));
        rate(
                "conditional updates",
                i ->
                        tables.updateItem(
                                r ->
                                        r.tableName(TABLE)
                                                .key(
                                                        Map.of(
                                                                "pk",
                                                                text("u" + i % 400),
                                                                "sk",
                                                                text("" + i)))
                                                .updateExpression("ADD n :one")
                                                .conditionExpression("attribute_exists(pk)")
                                                .expressionAttributeValues(
                                                        Map.of(
                                                                ":one",
                                                                AttributeValue.fromN("1")))));
        rate(
                "queries of 10 rows",
                i ->
                        assertThat(
                                        tables.query(
                                                        r ->
                                                                r.tableName(TABLE)
                                                                        .keyConditionExpression(
                                                                                "pk = :p")
                                                                        .limit(10)
                                                                        .expressionAttributeValues(
                                                                                Map.of(
                                                                                        ":p",
                                                                                        text(
                                                                                                "u"
                                                                                                        + i
                                                                                                                % 400))))
                                                .items())
                                .hasSize(10));
        List<PutRecordsRequestEntry> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            records.add(
                    PutRecordsRequestEntry.builder()
                            .partitionKey("" + i)
                            .data(SdkBytes.fromByteArray(new byte[300]))
                            .build());
        }
        double puts =
                together(
                        CALLS / 20,
                        _ ->
                                clients.kinesis()
                                        .putRecords(
                                                r ->
                                                        r.streamName(EmulatedAws.EVENTS)
                                                                .records(records)));
        print("Kinesis records of 300 bytes/s, 100 a call", puts * RECORDS);
        double objects =
                together(
                        CALLS / 10,
                        i ->
                                clients.s3()
                                        .putObject(
                                                r ->
                                                        r.bucket(EmulatedAws.MODEL_BUCKET)
                                                                .key("figures/" + i),
                                                RequestBody.fromBytes(new byte[20_000])));
        print("objects of 20 KB put/s", objects);
        latency(
                "GetItem",
                i ->
                        tables.getItem(
                                r ->
                                        r.tableName(TABLE)
                                                .key(
                                                        Map.of(
                                                                "pk",
                                                                text("u" + i % 400),
                                                                "sk",
                                                                text("" + i)))));
        latency("PutItem", i -> tables.putItem(r -> r.tableName(TABLE).item(item(i))));
        print("resident after the load, MB", residentMb());
    }

    private static Map<String, AttributeValue> item(int i) {
        return Map.of(
                "pk", text("u" + i % 400),
                "sk", text("" + i),
                "data", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[1_000])));
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static void rate(String what, IntConsumer call) throws Exception {
        print(what + "/s", together(CALLS, call));
    }

    /** Makes calls in all threads; returns how many a second. */
    private static double together(int calls, IntConsumer call) throws Exception {
        long begun = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                running.add(
                        threads.submit(
                                () -> {
                                    for (int i = first; i < calls; i += THREADS) {
                                        call.accept(i);
                                    }
                                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        return calls / seconds(begun);
    }

    private static void latency(String what, IntConsumer call) {
        long[] nanos = new long[2_000];
        for (int i = 0; i < nanos.length; i++) {
            long begun = System.nanoTime();
            call.accept(i);
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        print(what + " by one thread, p50 ms", nanos[nanos.length / 2] / 1e6);
        print(what + " by one thread, p99 ms", nanos[nanos.length * 99 / 100] / 1e6);
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Returns the resident memory of all processes that this one has started. */
    private static double residentMb() throws IOException {
        double kilobytes = 0;
        for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
            Path status = Path.of("/proc/" + child.pid() + "/status");
            kilobytes +=
                    Files.readAllLines(status).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                            .sum();
        }
        return kilobytes / 1024;
    }

    private static void print(String what, double value) {
        System.out.printf(
                "%s: %s %.2f%n", MiniStack.isWanted() ? "MiniStack" : "local cloud", what, value);
    }
}
