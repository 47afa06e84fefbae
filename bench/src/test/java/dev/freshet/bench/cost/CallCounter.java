package dev.freshet.bench.cost;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
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
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Counts what all clients of the AWS SDK in this process consume. The SDK makes an instance for
 * each client, by the file of global interceptors; the counts are of the process.
 */
public final class CallCounter implements ExecutionInterceptor {
    private static final double BYTES_PER_STREAM_UNIT = 25 * 1024;

    /** Bytes that DynamoDB adds to each row when it computes the size of a table. */
    private static final int ROW_OVERHEAD = 100;

    private static final DoubleAdder READS = new DoubleAdder();
    private static final DoubleAdder MODEL_READS = new DoubleAdder();
    private static final LongAdder MODEL_CALLS = new LongAdder();
    private static final DoubleAdder WRITES = new DoubleAdder();
    private static final LongAdder STORED = new LongAdder();
    private static final DoubleAdder STREAM_UNITS = new DoubleAdder();
    private static final LongAdder PUTS = new LongAdder();
    private static final LongAdder GETS = new LongAdder();

    /** The counts since the process began. */
    record Counts(
            double reads,
            double modelReads,
            double modelCalls,
            double writes,
            double stored,
            double streamUnits,
            double puts,
            double gets) {
        Counts minus(Counts before) {
            return new Counts(
                    reads - before.reads,
                    modelReads - before.modelReads,
                    modelCalls - before.modelCalls,
                    writes - before.writes,
                    stored - before.stored,
                    streamUnits - before.streamUnits,
                    puts - before.puts,
                    gets - before.gets);
        }
    }

    static Counts now() {
        return new Counts(
                READS.sum(),
                MODEL_READS.sum(),
                MODEL_CALLS.sum(),
                WRITES.sum(),
                STORED.sum(),
                STREAM_UNITS.sum(),
                PUTS.sum(),
                GETS.sum());
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
            default -> context.request();
        };
    }

    @Override
    public void afterExecution(
            Context.AfterExecution context, ExecutionAttributes executionAttributes) {
        SdkRequest request = context.request();
        SdkResponse response = context.response();
        switch (request) {
            case PutRecordRequest put -> STREAM_UNITS.add(units(put.data().asByteArray().length));
            case PutRecordsRequest put ->
                    put.records()
                            .forEach(
                                    each ->
                                            STREAM_UNITS.add(
                                                    units(each.data().asByteArray().length)));
            case PutObjectRequest ignored -> PUTS.increment();
            case ListObjectsV2Request ignored -> PUTS.increment();
            case GetObjectRequest ignored -> GETS.increment();
            case PutItemRequest put when put.tableName().contains("Interactions") ->
                    STORED.add(ROW_OVERHEAD + size(put.item()));
            case QueryRequest query when query.tableName().contains("Models") ->
                    MODEL_CALLS.increment();
            case GetItemRequest get when get.tableName().contains("Models") ->
                    MODEL_CALLS.increment();
            default -> {
                // Other requests are counted by their response, or cost nothing.
            }
        }
        switch (response) {
            case PutItemResponse put -> WRITES.add(units(put.consumedCapacity()));
            case UpdateItemResponse update -> WRITES.add(units(update.consumedCapacity()));
            case DeleteItemResponse delete -> WRITES.add(units(delete.consumedCapacity()));
            case GetItemResponse get -> read(get.consumedCapacity());
            case QueryResponse query -> read(query.consumedCapacity());
            case ScanResponse scan -> read(scan.consumedCapacity());
            case BatchGetItemResponse batch -> batch.consumedCapacity().forEach(CallCounter::read);
            default -> {
                // No capacity of DynamoDB.
            }
        }
    }

    private static void read(ConsumedCapacity capacity) {
        READS.add(units(capacity));
        if (capacity.tableName().contains("Models")) {
            MODEL_READS.add(units(capacity));
        }
    }

    private static double units(ConsumedCapacity capacity) {
        return capacity.capacityUnits();
    }

    private static double units(int bytes) {
        return Math.ceil(bytes / BYTES_PER_STREAM_UNIT);
    }

    /** Returns the size of a row as DynamoDB counts it, with a number as its digits. */
    private static int size(Map<String, AttributeValue> row) {
        int size = 0;
        for (Map.Entry<String, AttributeValue> attribute : row.entrySet()) {
            size += utf8(attribute.getKey()) + value(attribute.getValue());
        }
        return size;
    }

    private static int value(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> value.n().length() / 2 + 2;
            case B -> value.b().asByteArray().length;
            case M -> 3 + size(value.m());
            case L -> 3 + value.l().stream().mapToInt(each -> 1 + value(each)).sum();
            default -> 1;
        };
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
