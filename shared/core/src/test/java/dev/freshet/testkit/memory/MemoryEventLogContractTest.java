package dev.freshet.testkit.memory;

import dev.freshet.ingest.EventLog;
import dev.freshet.testkit.contract.EventLogContract;
import java.util.List;

class MemoryEventLogContractTest extends EventLogContract {
    private final MemoryEventLog log = new MemoryEventLog();

    @Override
    protected EventLog log() {
        return log;
    }

    @Override
    protected List<byte[]> recordsOf(String partitionKey) {
        return log.records().stream()
                .map(MemoryEventLog.Placed::entry)
                .filter(entry -> entry.partitionKey().equals(partitionKey))
                .map(EventLog.Entry::bytes)
                .toList();
    }
}
