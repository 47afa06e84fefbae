package dev.freshet.local.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.local.mapping.ShardMachine.Verdict;
import java.math.BigInteger;

/**
 * Interpretation of a function's answer with {@code ReportBatchItemFailures} (AWS: "Configuring
 * partial batch response with Kinesis"):
 *
 * <ul>
 *   <li>success: an empty or null list, an empty or null answer; also (inferred) an answer whose
 *       outer key is misspelt, since it then contains no list
 *   <li>complete failure: an {@code itemIdentifier} that is empty, null or under a wrong name; also
 *       (inferred) one that is not a number or not in the batch
 *   <li>otherwise delivery resumes at the lowest sequence number
 * </ul>
 */
public final class BatchAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private BatchAnswer() {}

    /** Returns the verdict on {@code batch} for the function's answer. */
    public static Verdict read(String answer, ShardBatch batch) {
        JsonNode failures;
        try {
            failures =
                    answer.isBlank()
                            ? JSON.nullNode()
                            : JSON.readTree(answer).path("batchItemFailures");
        } catch (JsonProcessingException e) {
            return new Verdict.Failed("the answer is not JSON");
        }
        if (failures.isMissingNode()
                || failures.isNull()
                || (failures.isArray() && failures.isEmpty())) {
            return new Verdict.Done();
        }
        if (!failures.isArray()) {
            return new Verdict.Failed("batchItemFailures is not a list");
        }
        return lowest(failures, batch);
    }

    private static Verdict lowest(JsonNode failures, ShardBatch batch) {
        BigInteger lowest = null;
        for (JsonNode failure : failures) {
            JsonNode identifier = failure.path("itemIdentifier");
            if (!identifier.isTextual() || !identifier.textValue().matches("[0-9]{1,200}")) {
                return new Verdict.Failed(
                        "an itemIdentifier is missing, empty or no sequence number");
            }
            BigInteger number = new BigInteger(identifier.textValue());
            if (batch.indexOf(number) < 0) {
                return new Verdict.Failed("an itemIdentifier is not in the batch");
            }
            if (lowest == null || number.compareTo(lowest) < 0) {
                lowest = number;
            }
        }
        return lowest == null ? new Verdict.Done() : new Verdict.Unfinished(lowest);
    }
}
