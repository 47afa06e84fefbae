package dev.freshet.local.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.lake.Column;
import dev.freshet.lake.Column.ColumnType;
import dev.freshet.lake.LakeTable;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.local.template.Arns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Firehose's form of a transformation: the request to the function, and the rules that an answer
 * and each of its rows have to keep. A row that breaks one is not delivered to the table.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html">Transform
 *     source data</a>
 */
final class DeliveryForm {
    /** Most bytes of an answer. */
    static final int MAX_BYTES = 6 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, ColumnType> COLUMNS =
            LakeTable.ARRIVALS.columns().stream()
                    .collect(Collectors.toUnmodifiableMap(Column::name, Column::type));
    private static final long YEAR_2100 = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();
    private static final long MICROS = 1_000_000;

    private DeliveryForm() {}

    /** A record of a shard. */
    record Source(String shard, ShardRecord record) {}

    /**
     * A record that was not delivered, as Firehose's error objects name it.
     *
     * @param kind the folder of the error
     * @param data the bytes in base 64: of the record, or of the row that could not be delivered
     */
    record Failure(Source source, String kind, String code, String message, String data) {
        /** The folder of records that were not transformed. */
        static final String PROCESSING = "processing-failed";

        /** The folder of rows that the table does not take. */
        static final String DELIVERY = "iceberg-failed";

        static Failure processing(Source source, String code, String message) {
            return new Failure(source, PROCESSING, code, message, source.record().data());
        }
    }

    /** What an answer says of a batch: rows to append, and what goes to the errors. */
    record Answer(List<byte[]> rows, int dropped, List<Failure> failures) {}

    /** Returns the request for one batch. */
    static String request(List<Source> batch, String stream, String invocationId) {
        ObjectNode request =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("invocationId", invocationId)
                        .put("sourceKinesisStreamArn", Arns.of("kinesis", "stream/" + stream))
                        .put("deliveryStreamArn", Arns.of("firehose", "deliverystream/lake"))
                        .put("region", Arns.REGION);
        for (int i = 0; i < batch.size(); i++) {
            Source source = batch.get(i);
            ShardRecord record = source.record();
            request.withArray("records")
                    .addObject()
                    .put("recordId", id(invocationId, i))
                    .put("approximateArrivalTimestamp", record.arrivedAt().toEpochMilli())
                    .put("data", record.data())
                    .putObject("kinesisRecordMetadata")
                    .put("sequenceNumber", record.sequenceNumber().toString())
                    .put("subsequenceNumber", 0)
                    .put("partitionKey", record.partitionKey())
                    .put("shardId", source.shard())
                    .put("approximateArrivalTimestamp", record.arrivedAt().toEpochMilli());
        }
        return request.toString();
    }

    /** Reads the answer to a request, by Firehose's rules. */
    static Answer read(String answer, List<Source> batch, String invocationId) {
        Map<String, JsonNode> byId = new HashMap<>();
        if (answer.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return failed(batch, "Lambda.ResponseTooLarge", "The answer has more than 6 MB.");
        }
        try {
            for (JsonNode record : JSON.readTree(answer).path("records")) {
                if (byId.put(record.path("recordId").asText(), record) != null) {
                    return failed(batch, "Lambda.DuplicatedRecordId", "An id comes twice.");
                }
            }
        } catch (JsonProcessingException e) {
            return failed(batch, "Lambda.JsonProcessingException", "The answer is not JSON.");
        }
        List<byte[]> rows = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        int dropped = 0;
        for (int i = 0; i < batch.size(); i++) {
            Source source = batch.get(i);
            JsonNode record = byId.getOrDefault(id(invocationId, i), MissingNode.getInstance());
            String result = record.path("result").asText();
            switch (result) {
                case "Ok" -> row(source, record.path("data").asText(), rows, failures);
                case "Dropped" -> dropped++;
                default -> failures.add(failed(source, result));
            }
        }
        return new Answer(rows, dropped, failures);
    }

    /** Returns the failure of a record whose result is neither a row nor none. */
    private static Failure failed(Source source, String result) {
        return switch (result) {
            case "ProcessingFailed" ->
                    Failure.processing(
                            source,
                            "Lambda.ProcessingFailedStatus",
                            "The function failed the record.");
            case "" ->
                    Failure.processing(
                            source, "Lambda.MissingRecordId", "The answer lacks the record.");
            default ->
                    Failure.processing(
                            source,
                            "Lambda.UnknownResult",
                            "The result is none of Ok, Dropped, ProcessingFailed.");
        };
    }

    /** Returns the answer that gives up a whole batch. */
    static Answer failed(List<Source> batch, String code, String message) {
        return new Answer(
                List.of(),
                0,
                batch.stream().map(source -> Failure.processing(source, code, message)).toList());
    }

    private static void row(Source source, String data, List<byte[]> rows, List<Failure> failures) {
        try {
            JsonNode row = JSON.readTree(JSON.getNodeFactory().textNode(data).binaryValue());
            brokenRule(row)
                    .ifPresentOrElse(
                            rule ->
                                    failures.add(
                                            new Failure(
                                                    source,
                                                    Failure.DELIVERY,
                                                    "Iceberg.InvalidRow",
                                                    rule,
                                                    data)),
                            () -> rows.add((row + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            failures.add(
                    Failure.processing(
                            source, "Lambda.InvalidData", "The data is not one JSON object."));
        }
    }

    /** Returns the rule that a row breaks, or empty. */
    static Optional<String> brokenRule(JsonNode row) {
        if (!row.isObject()) {
            return Optional.of("A row is one JSON object.");
        }
        for (Map.Entry<String, JsonNode> member : row.properties()) {
            ColumnType type = COLUMNS.get(member.getKey());
            if (type == null) {
                return Optional.of("The table has no column " + member.getKey() + ".");
            }
            if (!isOf(type, member.getValue())) {
                return Optional.of(member.getKey() + " is no " + type.athena() + ".");
            }
        }
        return Optional.empty();
    }

    private static boolean isOf(ColumnType type, JsonNode value) {
        return switch (type) {
            case TEXT, DAY -> value.isTextual();
            case LONG -> value.canConvertToLong() && value.isIntegralNumber();
            case INTEGER -> value.isInt();
            case REAL -> value.isNumber();
            case FLAG -> value.isBoolean();
            case TIME ->
                    value.isIntegralNumber()
                            && value.asLong() >= 0
                            && value.asLong() / MICROS < YEAR_2100;
            case TEXTS, VECTOR, PLACES -> value.isArray();
            case PROPERTIES -> value.isObject();
        };
    }

    private static String id(String invocationId, int number) {
        return invocationId + "-" + number;
    }
}
