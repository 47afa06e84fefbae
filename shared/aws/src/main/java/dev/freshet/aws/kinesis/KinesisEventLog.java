package dev.freshet.aws.kinesis;

import dev.freshet.aws.AwsCalls;
import dev.freshet.ingest.EventLog;
import dev.freshet.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * The {@code events} stream as a Kinesis data stream. PutRecords may accept some records and reject
 * others; the rejected ones are returned by index, and the log gets the number of rejections for
 * each error code.
 */
public record KinesisEventLog(KinesisClient client, String streamName) implements EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(KinesisEventLog.class);
    private static final String STORE = "The stream of events";

    @Override
    public List<Integer> put(List<Entry> entries) {
        EventLog.check(entries);
        if (entries.isEmpty()) {
            return List.of();
        }
        List<PutRecordsRequestEntry> records =
                entries.stream()
                        .map(
                                entry ->
                                        PutRecordsRequestEntry.builder()
                                                .partitionKey(entry.partitionKey())
                                                .data(SdkBytes.fromByteArrayUnsafe(entry.bytes()))
                                                .build())
                        .toList();
        try {
            return unacknowledged(
                    AwsCalls.call(
                                    STORE,
                                    () ->
                                            client.putRecords(
                                                    r -> r.streamName(streamName).records(records)))
                            .records());
        } catch (StoreUnavailableException unacknowledged) {
            return IntStream.range(0, entries.size()).boxed().toList();
        }
    }

    private List<Integer> unacknowledged(List<PutRecordsResultEntry> results) {
        List<Integer> indexes = new ArrayList<>();
        TreeMap<String, Integer> codes = new TreeMap<>();
        for (int i = 0; i < results.size(); i++) {
            String code = results.get(i).errorCode();
            if (code != null) {
                indexes.add(i);
                codes.merge(code, 1, Integer::sum);
            }
        }
        if (!indexes.isEmpty()) {
            LOG.warn("Stream {} rejected records, by error code: {}", streamName, codes);
        }
        return List.copyOf(indexes);
    }
}
