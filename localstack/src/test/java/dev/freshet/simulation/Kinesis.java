package dev.freshet.simulation;

import dev.freshet.simulation.FaultRates.RandomFault;
import dev.freshet.simulation.SimulationContext.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Simulated Kinesis client of one process, used by the production adapters. */
final class Kinesis implements KinesisClient {
    private final Sandbox process;
    private final SimulationContext nature;
    private final Map<String, Stream> streams;
    private int putsOfMany;

    Kinesis(Sandbox process, SimulationContext nature, Map<String, Stream> streams) {
        this.process = process;
        this.nature = nature;
        this.streams = streams;
    }

    @Override
    public PutRecordsResponse putRecords(PutRecordsRequest request) {
        putsOfMany++;
        return process.call(() -> put(request), Kinesis::timeout);
    }

    /** Returns the number of PutRecords calls so far. */
    int putsOfMany() {
        return putsOfMany;
    }

    /**
     * Executes PutRecords, which may accept some records and refuse others; only refused ones may
     * be sent again.
     */
    private PutRecordsResponse put(PutRecordsRequest request) {
        List<PutRecordsResultEntry> results = new ArrayList<>();
        int refused = 0;
        for (PutRecordsRequestEntry entry : request.records()) {
            if (nature.strikes(RandomFault.RECORD_REFUSED, Fault.REFUSED)) {
                refused++;
                results.add(
                        PutRecordsResultEntry.builder()
                                .errorCode("ProvisionedThroughputExceededException")
                                .errorMessage("injected")
                                .build());
            } else {
                Stream.Held held = put(request.streamName(), entry.partitionKey(), entry.data());
                results.add(
                        PutRecordsResultEntry.builder()
                                .shardId(held.shard())
                                .sequenceNumber(held.record().sequenceNumber().toString())
                                .build());
            }
        }
        return PutRecordsResponse.builder().failedRecordCount(refused).records(results).build();
    }

    @Override
    public PutRecordResponse putRecord(PutRecordRequest request) {
        return process.call(
                () -> {
                    Stream.Held held =
                            put(request.streamName(), request.partitionKey(), request.data());
                    return PutRecordResponse.builder()
                            .shardId(held.shard())
                            .sequenceNumber(held.record().sequenceNumber().toString())
                            .build();
                },
                Kinesis::timeout);
    }

    private Stream.Held put(String stream, String key, SdkBytes data) {
        return Objects.requireNonNull(streams.get(stream))
                .put(key, data.asByteArray(), nature.clock.instant());
    }

    private static SdkClientException timeout() {
        return SdkClientException.create("injected: no answer in time");
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
