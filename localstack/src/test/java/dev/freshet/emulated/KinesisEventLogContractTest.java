package dev.freshet.emulated;

import dev.freshet.aws.kinesis.KinesisEventLog;
import dev.freshet.event.StreamRecord;
import dev.freshet.ingest.EventLog;
import dev.freshet.testkit.contract.EventLogContract;
import java.util.List;

class KinesisEventLogContractTest extends EventLogContract {
    private final EventLog log =
            new KinesisEventLog(EmulatedAws.clients().kinesis(), EmulatedAws.EVENTS);

    @Override
    protected EventLog log() {
        return log;
    }

    @Override
    protected List<byte[]> recordsOf(String partitionKey) {
        return StreamRecords.of(EmulatedAws.clients().kinesis(), EmulatedAws.EVENTS).stream()
                .filter(record -> record.partitionKey().equals(partitionKey))
                .map(StreamRecord::data)
                .toList();
    }
}
