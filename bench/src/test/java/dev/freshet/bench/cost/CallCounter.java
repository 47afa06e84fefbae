package dev.freshet.bench.cost;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Counts what the clients of the AWS SDK in this process consume, by caller. The SDK makes an
 * instance for each client, by the file of global interceptors; the counts are of the process.
 */
public final class CallCounter implements ExecutionInterceptor {
    private static final double BYTES_PER_STREAM_UNIT = 25 * 1024;

    /** Bytes that DynamoDB adds to each row when it computes the size of a table. */
    private static final int ROW_OVERHEAD = 100;

    /** Lists shown are kept for 30 days, stored bytes are charged for 90. */
    private static final int EXPOSURES_SHARE = 3;

    private static final Pattern ACCESS_KEY = Pattern.compile("Credential=([^/]+)/");

    /** Capacity and number of the reads of the table of models, which are no units of their own. */
    static final String MODEL_READS = "modelReads";

    static final String MODEL_CALLS = "modelCalls";

    private static final List<String> UNITS =
            List.of(
                    "readUnits",
                    MODEL_READS,
                    MODEL_CALLS,
                    "writeUnits",
                    "storedBytes",
                    "streamUnits",
                    "s3Puts",
                    "s3Gets");

    private static final Map<String, Map<String, DoubleAdder>> SUMS = new ConcurrentHashMap<>();

    /**
     * Returns what a function has consumed, by unit. The id of a function's access key on the local
     * cloud is its name, so calls that others make at the same time are not counted.
     */
    static Map<String, Double> of(String function) {
        Map<String, Double> consumed = new TreeMap<>();
        UNITS.forEach(unit -> consumed.put(unit, 0.0));
        SUMS.getOrDefault(function, Map.of()).forEach((unit, sum) -> consumed.put(unit, sum.sum()));
        return consumed;
    }

    private static void add(String caller, String unit, double amount) {
        SUMS.computeIfAbsent(caller, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(unit, any -> new DoubleAdder())
                .add(amount);
    }

    private static String caller(SdkHttpRequest request) {
        Matcher credential =
                ACCESS_KEY.matcher(request.firstMatchingHeader("Authorization").orElse(""));
        return credential.find() ? credential.group(1) : "unsigned";
    }

    @Override
    public SdkRequest modifyRequest(
            Context.ModifyRequest context, ExecutionAttributes executionAttributes) {
        ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
        return switch (context.request()) {
            case PutItemRequest put -> put.toBuilder().returnConsumedCapacity(total).build();
            case GetItemRequest get -> get.toBuilder().returnConsumedCapacity(total).build();
            case QueryRequest query -> query.toBuilder().returnConsumedCapacity(total).build();
            case ScanRequest scan -> scan.toBuilder().returnConsumedCapacity(total).build();
            case UpdateItemRequest update ->
                    update.toBuilder().returnConsumedCapacity(total).build();
            case DeleteItemRequest delete ->
                    delete.toBuilder().returnConsumedCapacity(total).build();
            case BatchGetItemRequest batch ->
                    batch.toBuilder().returnConsumedCapacity(total).build();
            case BatchExecuteStatementRequest batch ->
                    batch.toBuilder().returnConsumedCapacity(total).build();
            default -> context.request();
        };
    }

    @Override
    public void afterExecution(
            Context.AfterExecution context, ExecutionAttributes executionAttributes) {
        String caller = caller(context.httpRequest());
        request(caller, context.request());
        response(caller, context.response());
    }

    private static void request(String caller, SdkRequest request) {
        switch (request) {
            case PutRecordRequest put ->
                    add(caller, "streamUnits", units(put.data().asByteArray().length));
            case PutRecordsRequest put -> {
                for (PutRecordsRequestEntry each : put.records()) {
                    add(caller, "streamUnits", units(each.data().asByteArray().length));
                }
            }
            case PutObjectRequest ignored -> add(caller, "s3Puts", 1);
            case ListObjectsV2Request ignored -> add(caller, "s3Puts", 1);
            case GetObjectRequest ignored -> add(caller, "s3Gets", 1);
            case PutItemRequest put when put.tableName().contains("Interactions") ->
                    add(caller, "storedBytes", ROW_OVERHEAD + RowSize.of(put.item()));
            case BatchExecuteStatementRequest batch ->
                    batch.statements()
                            .forEach(
                                    insert ->
                                            add(
                                                    caller,
                                                    "storedBytes",
                                                    ROW_OVERHEAD + RowSize.of(cells(insert))));
            case UpdateItemRequest update when update.tableName().contains("Exposures") -> {
                int values = RowSize.of(update.expressionAttributeValues());
                int row = ROW_OVERHEAD + RowSize.of(update.key()) + values;
                int share = row / EXPOSURES_SHARE;
                add(caller, "storedBytes", share);
            }
            case QueryRequest query when query.tableName().contains("Models") ->
                    add(caller, MODEL_CALLS, 1);
            case GetItemRequest get when get.tableName().contains("Models") ->
                    add(caller, MODEL_CALLS, 1);
            default -> {
                // Other requests are counted by their response, or cost nothing.
            }
        }
    }

    private static void response(String caller, SdkResponse response) {
        switch (response) {
            case PutItemResponse put -> add(caller, "writeUnits", units(put.consumedCapacity()));
            case UpdateItemResponse update ->
                    add(caller, "writeUnits", units(update.consumedCapacity()));
            case DeleteItemResponse delete ->
                    add(caller, "writeUnits", units(delete.consumedCapacity()));
            case GetItemResponse get -> read(caller, get.consumedCapacity());
            case QueryResponse query -> read(caller, query.consumedCapacity());
            case ScanResponse scan -> read(caller, scan.consumedCapacity());
            case BatchGetItemResponse batch ->
                    batch.consumedCapacity().forEach(each -> read(caller, each));
            case BatchExecuteStatementResponse batch ->
                    batch.consumedCapacity()
                            .forEach(each -> add(caller, "writeUnits", units(each)));
            default -> {
                // No capacity of DynamoDB.
            }
        }
    }

    /** Returns the row of an {@code INSERT INTO "table" VALUE {'name':?,...}}. */
    private static Map<String, AttributeValue> cells(BatchStatementRequest insert) {
        Map<String, AttributeValue> cells = new HashMap<>();
        Matcher name = Pattern.compile("'([^']+)':\\?").matcher(insert.statement());
        for (AttributeValue value : insert.parameters()) {
            name.find();
            cells.put(name.group(1), value);
        }
        return cells;
    }

    private static void read(String caller, ConsumedCapacity capacity) {
        add(caller, "readUnits", units(capacity));
        if (capacity.tableName().contains("Models")) {
            add(caller, MODEL_READS, units(capacity));
        }
    }

    private static double units(ConsumedCapacity capacity) {
        return capacity.capacityUnits();
    }

    private static double units(int bytes) {
        return Math.ceil(bytes / BYTES_PER_STREAM_UNIT);
    }
}
